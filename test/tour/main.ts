import { join } from 'node:path'
import { tour } from './tour.ts'

const at = process.argv.indexOf('--shell')
const shell = process.argv[at + 1] === 'loopback' ? 'loopback' : 'electron'
const root = process.cwd()
const summary = await tour({
  shell,
  out: join(root, 'tour', shell),
  work: join(root, '.demo', `tour-${shell}`),
  log: line => process.stderr.write(`${line}\n`),
})
process.stdout.write(`${JSON.stringify(summary, undefined, 2)}\n`)
process.exit(0)
