import { registerHooks } from 'node:module';

/** Loaded before everything else, it lets the one table of roles allow all: what the checks cost shows in the difference. */
registerHooks({
  load(url, context, nextLoad) {
    const loaded = nextLoad(url, context);
    if (!url.endsWith('/core/access/may.ts')) return loaded;
    const checking = Buffer.from(loaded.source as Uint8Array).toString();
    const source = checking.replace('return roles.some(', 'return true || roles.some(');
    if (source === checking) throw new Error('core/access/may.ts checks roles in another way than this knows');
    return { ...loaded, source };
  },
});
