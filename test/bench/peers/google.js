import '@google-pay/button-element'
