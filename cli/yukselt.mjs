#!/usr/bin/env node
// On any Node from 20 on: the same program as `node cli/main.ts`, on the pinned Node.
process.argv.splice(2, 0, 'yukselt');
await import('../bootstrap.mjs');
