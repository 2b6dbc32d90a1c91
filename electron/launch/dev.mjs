import { createServer as createHttp, request } from 'node:http'
import { connect } from 'node:net'
import { createServer as createVite } from 'vite'
import { build } from './build.mjs'
import { startDemoCentre } from './demo-centre.mjs'
import { ensureDependencies } from './dependencies.mjs'
import { at } from './paths.mjs'
import { say } from './say.mjs'
import { loopbackProcess } from './shells.mjs'

/*
 * The page with hot reload behind the real backend's origin: a proxy stands on the workstation's port, hands `/api` and `/enter` to
 * the real loopback shell and the rest to Vite, so that cookies, the gate and relative addresses are the ones of production.
 * The content policy is not: Vite's client needs inline scripts.
 */
const BACKEND_PORT = 42_999
const VITE_PORT = 42_998

ensureDependencies()
build('reference', 'fonts', 'page', 'electron', 'centre')
const profile = at('.demo', 'dev-profile')
const centre = await startDemoCentre({ profile })
const workstation = await loopbackProcess({ profile, env: { PANELBENCH_LISTEN: String(BACKEND_PORT) } })
const vite = await createVite({
  configFile: at('vite.config.ts'),
  server: { port: VITE_PORT, strictPort: true, host: '127.0.0.1', allowedHosts: true },
})
await vite.listen()

const { port } = new URL(workstation.origin)
const ofBackend = url => url.startsWith('/api/') || url.startsWith('/enter') || url.startsWith('/reference/')
const proxy = createHttp((incoming, outgoing) => {
  const target = ofBackend(incoming.url) ? BACKEND_PORT : VITE_PORT
  const onward = request(
    { host: '127.0.0.1', port: target, path: incoming.url, method: incoming.method, headers: incoming.headers },
    answer => {
      outgoing.writeHead(answer.statusCode, answer.rawHeaders)
      answer.pipe(outgoing)
    },
  )
  onward.on('error', () => outgoing.writeHead(502).end())
  outgoing.on('close', () => onward.destroy())
  incoming.pipe(onward)
})
// Hot reload speaks over a web socket on the same origin.
proxy.on('upgrade', (incoming, socket, head) => {
  const onward = connect(VITE_PORT, '127.0.0.1', () => {
    const headers = Object.entries(incoming.headers).map(([name, value]) => `${name}: ${value}`)
    onward.write(`${incoming.method} ${incoming.url} HTTP/1.1\r\n${headers.join('\r\n')}\r\n\r\n`)
    onward.write(head)
    onward.pipe(socket).pipe(onward)
  })
  onward.on('error', () => socket.destroy())
  socket.on('error', () => onward.destroy())
})
proxy.listen(Number(port), '127.0.0.1', () => {
  say(`Sign in: ${centre.users.map(it => `${it.user} / ${it.password}`).join(', ')}; second factor: ${centre.authenticator}`)
  process.stdout.write(`${workstation.url}\n`)
})
const end = () => {
  proxy.close()
  workstation.child.kill('SIGTERM')
  centre.stop()
  void vite.close().finally(() => process.exit(0))
}
process.on('SIGINT', end)
process.on('SIGTERM', end)
