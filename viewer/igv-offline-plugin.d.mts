import type { Plugin } from 'vite'

export function cutOutsideCalls(code: string): string
export function igvOffline(): Plugin
