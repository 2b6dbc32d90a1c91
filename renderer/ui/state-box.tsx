import type { ReactNode } from 'react'

/** Empty, failed, offline, withdrawn: an icon, what happened, what holds, what to do. */
export function StateBox({
  icon,
  title,
  children,
  actions,
  tone = 'ai',
  testId,
}: {
  readonly icon: ReactNode
  readonly title: string
  readonly children?: ReactNode
  readonly actions?: ReactNode
  readonly tone?: 'ai' | 'shu' | 'yama'
  readonly testId?: string
}) {
  return (
    <div className="state-box" data-testid={testId}>
      <span className={tone}>{icon}</span>
      <div>
        <h3>{title}</h3>
        {children && <p className="sec">{children}</p>}
        {actions && <div className="row wrap state-actions">{actions}</div>}
      </div>
    </div>
  )
}
