throw new Error('pay-button-proxy holds secrets and runs on a server; pages use pay-button')
