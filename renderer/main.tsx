import './without-eval.ts'
import '@mantine/core/styles.layer.css'
import '@mantine/notifications/styles.layer.css'
import '@mantine/spotlight/styles.layer.css'
import '@fontsource-variable/inter'
import '@fontsource/biz-udpgothic/400.css'
import '@fontsource/biz-udpgothic/700.css'
import './css/tokens.css'
import './css/app.css'
import './css/page.css'
import './css/screens.css'
import './css/notifications.css'
import './css/reads.css'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { createCall, createEvents } from './backend.ts'
import { openCacheDatabase } from './cache/database.ts'
import { createDesk, DeskProvider } from './desk.ts'
import { localShelf } from './stores/settings.ts'

const desk = createDesk({
  backend: {
    call: createCall((url, init) => fetch(url, init)),
    events: createEvents(url => new EventSource(url)),
  },
  shelf: localShelf(() => localStorage),
  database: () => openCacheDatabase('panelbench'),
  crypto,
  now: () => new Date(),
})
window.addEventListener('keydown', event => desk.keyboard.handle(event))
desk.start()
void desk.session.getState().load()

const root = document.getElementById('root')
if (root)
  createRoot(root).render(
    <DeskProvider value={desk}>
      <App />
    </DeskProvider>,
  )
