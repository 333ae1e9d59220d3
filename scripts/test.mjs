import { prepare } from './install.mjs'
import { runTests } from './runTests.mjs'

// npm test: installs and builds what is missing, runs every test, ends with «N passed, N failed».
prepare()
runTests(process.argv.slice(2))
