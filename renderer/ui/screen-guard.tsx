import { Component, type ReactNode } from 'react'
import { sentence } from '#domain/problems.ts'

interface Props {
  readonly language: 'ja' | 'en'
  readonly again: string
  readonly children: ReactNode
}

/**
 * When a screen fails while it is drawn: what happened and a way on, instead of an empty window. What was recorded is on the privileged
 * side and not touched; drafts are sealed in the read model.
 */
export class ScreenGuard extends Component<Props, { readonly failed: boolean }> {
  override state = { failed: false }

  static getDerivedStateFromError(): { readonly failed: boolean } {
    return { failed: true }
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children
    return (
      <div className="state-box" role="alert" data-testid="screen-failed">
        <div>
          <h3>{sentence('internal', this.props.language, { id: 'screen' })}</h3>
          <button type="button" className="btn p" onClick={() => window.location.reload()}>
            {this.props.again}
          </button>
        </div>
      </div>
    )
  }
}
