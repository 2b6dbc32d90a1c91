import { once } from 'node:events'
import type { CommandIo } from './command.ts'

/** The process as a command sees it. */
export function terminal(): CommandIo {
  return {
    env: process.env,
    async write(bytes) {
      // Copied: the pipe may hold the bytes after the caller used its buffer again.
      if (!process.stdout.write(Buffer.from(bytes))) await once(process.stdout, 'drain')
    },
    askSecret: question => (process.stdin.isTTY ? askWithoutEcho(question) : Promise.resolve(undefined)),
  }
}

function askWithoutEcho(question: string): Promise<string> {
  process.stderr.write(question)
  process.stdin.setRawMode(true)
  process.stdin.setEncoding('utf8')
  return new Promise((resolve, reject) => {
    let typed = ''
    const onData = (text: string) => {
      for (const char of text) {
        if (char === '\r' || char === '\n') return done(() => resolve(typed))
        if (char === '\u0003') return done(() => reject(new Error('interrupted')))
        typed = char === '\u007f' ? [...typed].slice(0, -1).join('') : typed + char
      }
    }
    const done = (settle: () => void) => {
      process.stdin.off('data', onData)
      process.stdin.setRawMode(false)
      process.stdin.pause()
      process.stderr.write('\n')
      settle()
    }
    process.stdin.on('data', onData)
    process.stdin.resume()
  })
}
