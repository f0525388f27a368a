import Audit
import DeadLetters
import JobQueue
import Jobs
import Reports

/// What commands ask for and change: of Redis itself (``DirectControl``), or of a server before it (``RemoteControl``). Both
/// answer with the same reports, and say what cannot be done in the same sentences.
protocol Control: JobControl, QueueControl, LetterControl, Sendable {}

protocol JobControl {
    func enqueue(_ order: JobOrder) async throws -> EnqueueAnswer
    /// Waits for the end of a tracked job.
    /// - Returns: nil when it did not come in time.
    func end(of id: JobID, within time: Duration, isDurable: Bool) async throws -> JobStatusReport?
    /// Nil for one that has ended and was not tracked, or never was.
    /// - Parameter opened: with what is sealed in the clear, as far as its key is there.
    func job(_ id: JobID, opened: Bool) async throws -> JobReport?
    func cancel(_ id: JobID) async throws -> CancelReport

    /// - Parameter queue: nil for all of them.
    func batches(of queue: QueueName?, limit: Int) async throws -> [BatchReport]
    /// Nil for one that was never opened, or is forgotten.
    func batch(_ id: BatchID) async throws -> BatchReport?
    func close(_ id: BatchID) async throws
    func cancel(_ id: BatchID) async throws

    /// In the order of their names.
    func types(diagnostics: Bool) async throws -> [TypeReport]
    func type(_ type: JobType) async throws -> TypeReport
}

protocol QueueControl {
    /// In the order of the configuration.
    func queues() async throws -> [(String, QueueReport)]
    /// - Returns: whether it was not so already.
    func setPaused(_ isPaused: Bool, _ what: Pausable, in queue: QueueName) async throws -> Bool
    func workers() async throws -> [WorkerRow]
    func limits() async throws -> [LimitReport]

    func schedules() async throws -> [String: ScheduleReport]
    /// Where a schedule enqueues.
    func queue(ofSchedule name: String) async throws -> QueueName
    /// - Returns: the id of the job that was enqueued.
    func run(schedule name: String) async throws -> String
    func setPaused(_ isPaused: Bool, schedule name: String) async throws -> Bool

    func auditEntries(_ filter: AuditFilter, limit: Int) async throws -> [SealedEntry]
}

protocol LetterControl {
    func letters(_ selection: LetterSelection, limit: Int) async throws -> LettersReport
    func groups(_ selection: LetterSelection, limit: Int) async throws -> [GroupReport]
    /// - Parameter opened: with what is sealed in the clear, as far as its key is there.
    func letter(_ id: LetterID, opened: Bool) async throws -> LetterReport
    /// - Parameter letter: as it was when somebody thought of the edit: one that was changed since is left alone.
    func edit(_ letter: LetterReport, args: [UInt8], isUnchecked: Bool, isDryRun: Bool) async throws -> LetterEditReport
    /// - Parameter verb: what would be done: replay or delete.
    func summary(of selection: LetterSelection, to verb: String) async throws -> SummaryReport
    /// - Parameter mayGoOn: asked between two portions.
    /// - Returns: how many were deleted.
    func delete(_ selection: LetterSelection, rate: ReplayRate?, while mayGoOn: @Sendable () -> Bool) async throws
        -> Int
    func export(_ selection: LetterSelection, to write: ([UInt8]) -> Void) async throws
    /// - Returns: how many were new, of how many.
    func importLetters(_ lines: [UInt8]) async throws -> (imported: Int, all: Int)

    func replays() async throws -> [ReplayReport]
    func begin(_ selection: LetterSelection, rate: ReplayRate?) async throws -> any DrivenReplay
    func resume(_ replay: String, rate: ReplayRate?) async throws -> any DrivenReplay
    /// - Returns: false when none is running that is called so.
    func abort(_ replay: String) async throws -> Bool
}

/// A replay that goes on as long as somebody drives it.
protocol DrivenReplay: Sendable {
    var id: String { get }
    /// What to do when a person stops looking before it is done.
    var advice: String { get }

    /// - Returns: false when it was told to stop.
    func run(_ progress: (Replay.Progress) async -> Bool) async throws -> Bool
}
