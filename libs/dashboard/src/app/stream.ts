/** A frame of Server-Sent Events. */
export interface Frame {
  id: string | null;
  event: string | null;
  data: string | null;
}

/** Reads whole frames out of pieces of text, wherever these were cut. */
export class FrameReader {
  private rest = '';

  push(piece: string): Frame[] {
    const parts = (this.rest + piece).split('\n\n');
    this.rest = parts.pop() ?? '';
    return parts.map(frameOf);
  }
}

function frameOf(text: string): Frame {
  const frame: Frame = { id: null, event: null, data: null };
  for (const line of text.split('\n')) {
    const at = line.indexOf(': ');
    const name = line.slice(0, at);
    if (name === 'id' || name === 'event' || name === 'data') frame[name] = line.slice(at + 2);
  }
  return frame;
}
