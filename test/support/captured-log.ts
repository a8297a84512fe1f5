/**
 * What this process logs, in place of its standard output. It is to be started before the application: Pino
 * writes to the file descriptor, unless somebody has replaced the stream's own way to write.
 */
export class CapturedLog {
  said = '';
  private spy: jest.SpyInstance | undefined;

  start(): void {
    this.spy = jest.spyOn(process.stdout, 'write').mockImplementation((content) => {
      this.said += String(content);
      return true;
    });
  }

  stop(): void {
    this.spy?.mockRestore();
  }
}
