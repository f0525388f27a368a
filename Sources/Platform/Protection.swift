#if BREAKABLE
    internal import Glibc
#endif

/// A protection of jobs that can be taken out, to show that the fault tests would notice.
///
/// Only debug builds, which serve tests alone, can lack one: there `COURSEWORK_WITHOUT` names what to leave out, separated
/// by commas. In a release build every protection is a constant, and no variable is read.
///
/// What the Redis functions protect is taken out of their source by the tests themselves.
public enum Protection: String, CaseIterable, Sendable {
    /// Leases of held jobs are renewed.
    case renewal
    /// Jobs whose lease ran out are taken over.
    case rescue
    /// The supervisor hands on the jobs of a worker that died.
    case handOver
    /// A worker that stops hands back what it has not finished.
    case release
    /// A job is completed only after its handler said so.
    case explicitOutcome
    /// A job that was taken away is cancelled, and its child processes are killed.
    case cancelLost
    /// A job past its deadline is cancelled.
    case deadline
    /// A handler that ignores its cancellation ends its process.
    case hangLimit
    /// The end of a job is told again until Redis has answered.
    case recordAgain
    /// Functions that the server lost, or has in an older version, are loaded again.
    case reload
    /// A worker that cannot be kept running makes its supervisor give up.
    case restartLimit
    /// A process ends with the one that started it.
    case parentWatch
    /// What is due is decided by the clock of Redis.
    case serverTime
    /// An effect is written together with its ledger row.
    case ledger
    /// A commit whose answer was lost is resolved by reading the ledger.
    case commitResolution
    /// A row of the outbox that is moved twice becomes one job.
    case outboxDuplicates
    /// The outbox takes every unsent row, not those after the last one seen.
    case outboxGaps
    /// What Redis lost is enqueued again from the outbox.
    case reconciler
    /// A file of a certificate is written down before it is written.
    case certificateFiles
    /// The number of a certificate that comes to nothing is the next one's.
    case certificateNumbers
    /// A folder of a video is written down before anything is in it.
    case videoFolders
    /// What became of a video is told once, however often its job runs.
    case videoEvents
    /// A mail that may have been sent is not sent again.
    case mailRecord
    /// What is about to be done is in the audit trail before anything is changed.
    case auditFirst
    /// Spans that the collector does not take are dropped, and no job waits for them.
    case droppedSpans

    #if BREAKABLE
        private static let without: Set<String> = {
            guard let names = getenv("COURSEWORK_WITHOUT") else { return [] }
            return Set(String(cString: names).split(separator: ",").map(String.init))
        }()

        public var isOn: Bool { !Self.without.contains(rawValue) }
    #else
        @inlinable public var isOn: Bool { true }
    #endif
}
