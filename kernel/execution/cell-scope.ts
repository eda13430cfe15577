import { rememberOrigin } from "../display/error-origins.ts";
import { type Job, type JobReport, JobScope } from "../../runtime/jobs/index.ts";

/** The jobs of a cell; it knows which line started each, for the error that the job may end with. */
export class CellScope extends JobScope {
  /** Where its jobs' reports go. */
  onReport: ((report: JobReport) => void) | undefined;

  override report(report: JobReport): void {
    this.onReport?.(report);
  }

  override add(job: Job<unknown>): void {
    super.add(job);
    const origin: { stack?: string } = {};
    // Only captured here; V8 makes text of it when somebody reads it.
    Error.captureStackTrace(origin, this.add);
    void job.settled().then((failed) => failed && rememberOrigin(failed.error, origin.stack ?? ""));
  }
}
