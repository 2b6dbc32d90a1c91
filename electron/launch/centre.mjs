/** `npm run centre -- <command>`: builds the reference data centre when its sources changed, then runs it. */
import { pathToFileURL } from 'node:url'
import { build } from './build.mjs'
import { at } from './paths.mjs'

build('centre')
await import(pathToFileURL(at('dist', 'centre', 'centre.mjs')).href)
