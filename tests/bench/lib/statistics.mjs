/** Median and quartiles of a series, interpolated; null where it is empty. */
export function summary(series) {
  const sorted = (series ?? []).filter((value) => typeof value === 'number').sort((a, b) => a - b);
  if (!sorted.length) return null;
  const quantile = (share) => {
    const at = (sorted.length - 1) * share, low = Math.floor(at);
    return sorted[low] + (sorted[Math.min(low + 1, sorted.length - 1)] - sorted[low]) * (at - low);
  };
  return { n: sorted.length, q1: quantile(0.25), median: quantile(0.5), q3: quantile(0.75) };
}
