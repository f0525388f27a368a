import FoundationEssentials
import JobQueue
import Platform
import WorkerRuntime

/// Who this worker process is, and who was in its place before.
///
/// A service manager that restarts one process at a time gives it a folder of its own (`RUNTIME_DIRECTORY`): there each
/// worker leaves its name, under a lock that only the death of its holder frees, and the next one sees to what it left.
struct Identity {
    let id: WorkerID
    /// The worker that ran in this place before; it has ended.
    private(set) var predecessor: WorkerID?
    /// The solo worker of that one, which the service manager ended together with it.
    private(set) var predecessorsSolo: WorkerID?
    private var place: Place?

    init(isSolo: Bool) throws {
        let environment = Setup.environment
        id = WorkerID(
            host: environment[Supervisor.hostVariable] ?? ProcessInfo.processInfo.hostName,
            process: ProcessInfo.processInfo.processIdentifier,
            boot: environment[Supervisor.bootVariable] ?? WorkerID.newBoot())
        let hasSupervisor = environment[Supervisor.bootVariable] != nil
        guard let folder = environment["RUNTIME_DIRECTORY"], isSolo || !hasSupervisor,
            let place = try Place(isSolo ? "solo" : "worker", in: folder)
        else { return }
        if !isSolo {
            predecessor = place.name
            predecessorsSolo = try Place("solo", in: folder)?.name
        }
        try place.take(id)
        self.place = place
    }

    /// A file that names the worker that holds its lock, or held it last.
    private struct Place {
        private let file: URL
        private let lock: FileLock

        /// Nil when another worker holds it.
        init?(_ name: String, in folder: String) throws {
            guard let lock = try FileLock(path: "\(folder)/\(name).lock") else { return nil }
            self.lock = lock
            file = URL(filePath: "\(folder)/\(name)")
        }

        var name: WorkerID? {
            (try? String(contentsOf: file, encoding: .utf8)).map { WorkerID(description: $0) }
        }

        func take(_ id: WorkerID) throws { try Data(id.description.utf8).write(to: file, options: .atomic) }
    }
}
