// The colours of the style sheet, for what is drawn on canvases.

export interface Theme {
  ground: string;
  ink: string;
  quiet: string;
  edge: string;
  edgeNear: string;
  edgeFar: string;
  nodeFar: string;
  accent: string;
  onCommunity: string;
  communities: string[];
  others: string;
  font: string;
}

const COMMUNITIES = 8;

export function readTheme(): Theme {
  const style = getComputedStyle(document.documentElement);
  const of = (name: string): string => style.getPropertyValue(name).trim();
  return {
    ground: of("--ground"),
    ink: of("--ink"),
    quiet: of("--quiet"),
    edge: mixed(of("--strong-line"), of("--ground"), 0.55),
    edgeNear: of("--strong-line"),
    edgeFar: mixed(of("--line"), of("--ground"), 0.5),
    nodeFar: of("--line"),
    accent: of("--accent"),
    onCommunity: of("--on-community"),
    communities: Array.from({ length: COMMUNITIES }, (_, n) => of(`--community-${n + 1}`)),
    others: of("--community-others"),
    font: of("--text"),
  };
}

export function communityColour(theme: Theme, community: number): string {
  return theme.communities[community - 1] ?? theme.others;
}

/** A colour laid over a ground: sigma.js draws edges that shine through too bright on a light ground. */
function mixed(colour: string, ground: string, share: number): string {
  const [above, below] = [parts(colour), parts(ground)];
  const mix = above.map((part, n) => Math.round(part * share + (below[n] ?? 0) * (1 - share)));
  return `#${mix.map((part) => part.toString(16).padStart(2, "0")).join("")}`;
}

/** Red, green and blue of #rgb or #rrggbb. */
function parts(colour: string): number[] {
  const digits = colour.slice(1);
  const pairs = digits.length === 3 ? [...digits].map((one) => one + one) : (digits.match(/../g) ?? []);
  return pairs.map((pair) => Number.parseInt(pair, 16));
}
