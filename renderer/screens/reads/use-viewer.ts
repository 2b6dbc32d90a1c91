import { type RefObject, useEffect, useState } from 'react'
import type { CaseView } from '#domain/contract.ts'
import { BYTES } from '#domain/contract.ts'
import type { Problem } from '#domain/problems.ts'
import { rangedFile } from '#viewer/ranged-file.ts'
import type { Viewer, ViewerState } from '#viewer/viewer.ts'
import { asProblem, bytesUrl } from '../../backend.ts'
import { useLanguage } from '../../desk.ts'

export interface MountedViewer {
  readonly viewer: Viewer | undefined
  readonly state: ViewerState | undefined
  readonly problem: Problem | undefined
}

/**
 * One genome viewer for one version of one case, in the element of `host`. It is thrown away with the case, so that one
 * patient's reads can never stay under another's name.
 */
export function useViewer(view: CaseView, host: RefObject<HTMLElement | null>, wanted: boolean): MountedViewer {
  const language = useLanguage()
  const [mounted, setMounted] = useState<MountedViewer>({ viewer: undefined, state: undefined, problem: undefined })
  const { record, entry, manifest } = view
  // biome-ignore lint/correctness/useExhaustiveDependencies: the record is renewed with every act; only a new version changes the files.
  useEffect(() => {
    const element = host.current
    if (!element || !wanted) return
    let gone = false
    let made: Viewer | undefined
    const make = async () => {
      try {
        const { createViewer } = await import('#viewer/viewer.ts')
        if (gone) return
        made = await createViewer(element, {
          record,
          read: fileId => rangedFile(bytesUrl(BYTES.file, { caseId: record.id, fileId })),
          language,
          height: element.clientHeight,
        })
        if (gone) return made.dispose()
        made.on(state => setMounted({ viewer: made, state, problem: undefined }))
      } catch (thrown) {
        if (!gone) setMounted({ viewer: undefined, state: undefined, problem: asProblem(thrown) })
      }
    }
    void make()
    return () => {
      gone = true
      made?.dispose()
      setMounted({ viewer: undefined, state: undefined, problem: undefined })
    }
  }, [record.id, entry.version, manifest.version, entry.presence.state, language, wanted])
  return mounted
}
