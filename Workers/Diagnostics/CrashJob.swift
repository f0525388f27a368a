import Glibc
import Jobs

/// `diagnostics.crash`: takes its worker process down with it.
struct CrashJob: Job {
    static let type: JobType = "diagnostics.crash"

    enum How: String, Codable, Sendable {
        /// A failed precondition: what a bug in a handler does.
        case trap
        /// SIGKILL: what the kernel does when memory runs out.
        case kill
        /// Ends the process as if all were well.
        case exit
    }

    var how: How?
}

struct CrashHandler: JobHandler {
    func handle(_ job: CrashJob, context: JobContext) async throws -> Outcome {
        context.logger.critical("A diagnostics job takes this worker down now")
        switch job.how ?? .trap {
        case .trap: preconditionFailure("diagnostics.crash was told to trap")
        case .kill:
            kill(getpid(), SIGKILL)
            return .success()
        case .exit: Glibc.exit(0)
        }
    }
}
