#!/usr/bin/env node
// Not built, so that npm finds it to link before there is a build.
import '../dist/proxy/cli/main.js'
