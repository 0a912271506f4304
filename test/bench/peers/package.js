import '../../../dist/button/index.js'
