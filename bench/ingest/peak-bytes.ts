/** The most memory that this process has held, with all its threads. */
export function peakBytes(): number {
  return process.resourceUsage().maxRSS * 1024;
}
