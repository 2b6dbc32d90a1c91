import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { at } from './paths.mjs'

/** Chromium refuses its sandbox to root; a container often has no room in /dev/shm. */
export function electronArguments() {
  return process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox', '--disable-dev-shm-usage'] : []
}

/** Starts the loopback shell and waits for its address. */
export function loopbackProcess({ profile, env = {} }) {
  const child = spawn(process.execPath, [at('dist', 'electron', 'loopback.cjs')], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, ...env, PANELBENCH_PROFILE: profile },
  })
  const waiting = []
  return new Promise((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', line => {
      const said = JSON.parse(line)
      if (said.ready)
        resolve({
          child,
          origin: said.origin,
          url: said.url,
          another: () => new Promise(next => waiting.push(next) && child.stdin.write('\n')),
        })
      else waiting.shift()?.(said.url)
    })
    child.once('exit', code => reject(new Error(`the workstation stopped (${code})`)))
  })
}
