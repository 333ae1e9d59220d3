import type { Plugin } from 'rolldown'

export declare const ownSources: () => Plugin
