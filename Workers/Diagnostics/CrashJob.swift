import Glibc
import Jobs

/// `diagnostics.crash`: takes its worker process down with it.
struct CrashJob: Job {
    static let type: JobType = "diagnostics.crash"
    static let payloadSchema = PayloadSchema.object(
        "Takes its worker process down with it.",
        [.optional("how", .choice(of: How.self), "Else trap.")])

    enum How: String, Codable, Sendable, CaseIterable {
        /// A failed precondition: what a bug in a handler does.
        case trap
        /// Recursion without an end.
        case overflow
        /// A write to memory that is not there: what a bug in a C library does.
        case segfault
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
        case .overflow: return recurse(1) > 0 ? .success() : .discard(reason: "never")
        case .segfault:
            UnsafeMutablePointer<Int>(bitPattern: 8)?.pointee = 1
            return .success()
        case .kill:
            kill(getpid(), SIGKILL)
            return .success()
        case .exit: Glibc.exit(0)
        }
    }

    /// Each call needs its stack after the one below returns, so that no compiler makes a loop of it.
    private func recurse(_ depth: UInt8) -> UInt8 {
        withUnsafeTemporaryAllocation(byteCount: 4096, alignment: 1) { bytes in
            bytes[0] = depth
            return recurse(depth &+ 1) &+ bytes[0]
        }
    }
}
