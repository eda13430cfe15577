/**
 * Asks a NameNode whether it takes writes and how many DataNodes it counts as live.
 * @param webhdfs its web address
 * @returns undefined while it doesn't answer
 */
export async function nameNodeState(
  webhdfs: string,
): Promise<{ isSafeMode: boolean; liveDataNodes: number } | undefined> {
  try {
    const [info, state] = await Promise.all([
      bean(webhdfs, "NameNodeInfo"),
      bean(webhdfs, "FSNamesystemState"),
    ]);
    return { isSafeMode: info.Safemode !== "", liveDataNodes: Number(state.NumLiveDataNodes) };
  } catch {
    return undefined;
  }
}

async function bean(webhdfs: string, name: string): Promise<Record<string, unknown>> {
  const response = await fetch(`${webhdfs}/jmx?qry=Hadoop:service=NameNode,name=${name}`, {
    signal: AbortSignal.timeout(5000),
  });
  const { beans } = (await response.json()) as { beans: Record<string, unknown>[] };
  return beans[0];
}
