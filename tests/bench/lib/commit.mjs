import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** What was measured: the commit of the working tree, and whether something has been changed since; empty outside one. */
export function commit() {
  const git = (...words) => {
    try { return execFileSync('git', words, { cwd: fileURLToPath(new URL('.', import.meta.url)), stdio: ['ignore', 'pipe', 'ignore'] }).toString().trim(); } catch { return ''; }
  };
  const name = git('rev-parse', '--short=10', 'HEAD');
  return name && name + (git('status', '--porcelain', '--untracked-files=no') ? ', changed' : '');
}
