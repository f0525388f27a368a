import FoundationEssentials
import JobQueue
import Platform
import WorkerRuntime

/// Who this worker process is, and who was in its place before.
struct Identity {
    let id: WorkerID
    /// The worker that ran in this place before; it has ended.
    let predecessor: WorkerID?
    private let lock: FileLock?

    /// A service manager that restarts one process at a time gives it a folder of its own: there each worker leaves its
    /// name, under a lock that only the death of its holder frees, and the next one hands on what it left.
    init() throws {
        let environment = Setup.environment
        id = WorkerID(
            host: ProcessInfo.processInfo.hostName, process: ProcessInfo.processInfo.processIdentifier,
            boot: environment[Supervisor.bootVariable] ?? WorkerID.newBoot())
        guard environment[Supervisor.bootVariable] == nil, let folder = environment["RUNTIME_DIRECTORY"],
            let lock = try FileLock(path: folder + "/worker.lock")
        else {
            predecessor = nil
            lock = nil
            return
        }
        self.lock = lock
        let file = URL(filePath: folder + "/worker")
        predecessor = (try? String(contentsOf: file, encoding: .utf8)).map { WorkerID(description: $0) }
        try Data(id.description.utf8).write(to: file, options: .atomic)
    }
}
