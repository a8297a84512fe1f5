/** How a channel counts a text, for people to see before it is sent. */
export interface TextMeasure {
  /** What it counts against pace and limits, such as segments. */
  units: number;
  /** What the provider calls the way in which its characters are written. */
  encoding: string;
  /** What makes it longer than it looks; `null`: nothing. */
  hint: string | null;
}
