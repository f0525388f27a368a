internal import FoundationEssentials
internal import Glibc
internal import JobQueue
internal import Jobs
public import Logging
public import Platform

/// Keeps a set of processes running: starts them, starts again those that end, and ends them all when told to.
public actor Supervisor {
    /// One process that must run.
    public struct Member: Sendable {
        public let name: String
        public var command: ChildProcess.Command
        /// How long it may take to end after SIGTERM before it is killed.
        public let patience: Duration
        /// Its exit code 0 means that its work is done, and so is the supervisor's.
        public var endsByItself = false
        /// Whether the supervisor is ready only when this member is.
        public var delaysReadiness = true
        /// Runs only while so many of its group are wanted; nil always runs.
        public var place: Place?

        /// One of a group of members that are not always wanted.
        public struct Place: Sendable {
            public let group: String
            /// 1 for the first that is started, and the last that is ended.
            public let number: Int

            public init(group: String, number: Int) {
                self.group = group
                self.number = number
            }
        }

        public init(name: String, command: ChildProcess.Command, patience: Duration) {
            self.name = name
            self.command = command
            self.patience = patience
        }
    }

    private let members: [Member]
    private let loop: EventLoop
    private let logger: Logger
    private let handOver: HandOver?
    private nonisolated let drainRequest = DrainRequest()
    private var running: [Int: ChildProcess] = [:]
    private var readyMembers: Set<Int> = []
    /// Workers that ended and whose jobs are being handed on, by member.
    private var handingOver: [Int: Task<Void, Never>] = [:]
    private var failure: SupervisionFailure?
    /// How many members of each group are wanted, members that wait to be, and those that were told to end.
    private var wanted: [String: Int] = [:]
    private var unwanted: [Int: Promise<Void>] = [:]
    private var dismissed: Set<Int> = []

    public nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

    /// The environment variable that tells a member the `boot` of its `WorkerID`.
    public static let bootVariable = "COURSEWORK_BOOT"
    /// The one that tells it the `host`: the name of a machine may change while it runs.
    public static let hostVariable = "COURSEWORK_HOST"

    /// - Parameter handOver: has the jobs of members that end taken over.
    public init(members: [Member], loop: EventLoop, logger: Logger, handOver: HandOver? = nil) {
        self.members = members
        self.loop = loop
        self.logger = logger
        self.handOver = handOver
    }

    /// Runs until told to drain; when it returns, no member runs.
    /// - Parameter ready: called once every member is ready.
    /// - Throws: ``SupervisionFailure`` when a member cannot be kept running.
    public func run(ready: @escaping @Sendable () async -> Void = {}) async throws {
        await withTaskGroup { group in
            for index in members.indices {
                group.addTask(executorPreference: loop) { await self.keepRunning(index, ready: ready) }
            }
            await drainRequest.wait()
            for child in running.values { child.send(signal: SIGTERM) }
            for waiter in unwanted.values { waiter.complete(with: ()) }
        }
        await finishHandingOver()
        if let failure { throw failure }
    }

    /// A Redis that is away is not waited for: the leases run out.
    private func finishHandingOver() async {
        let timer = loop.schedule(at: .now + .seconds(1)) { [handOver] in handOver?.close() }
        for task in handingOver.values { await task.value }
        loop.cancel(timer)
    }

    /// Lets every member finish what it does, then ends. Safe from anywhere, and more than once.
    public nonisolated func drain() { drainRequest.begin() }

    /// Tells the members a second time.
    public nonisolated func hurry() {
        drainRequest.hurry()
        Task(executorPreference: loop) { await self.signalAll(SIGTERM) }
    }

    /// Runs so many of the members that have a place in a group; those that are too many finish what they do.
    public func want(_ count: Int, of group: String) {
        wanted[group] = count
        for index in members.indices where members[index].place?.group == group {
            if isWanted(index) { unwanted.removeValue(forKey: index)?.complete(with: ()) } else { dismiss(index) }
        }
    }

    private func isWanted(_ index: Int) -> Bool {
        guard let place = members[index].place else { return true }
        return place.number <= wanted[place.group, default: 0]
    }

    private func untilWanted(_ index: Int) async {
        guard !isWanted(index), !drainRequest.hasBegun else { return }
        let wanted = Promise<Void>()
        unwanted[index] = wanted
        await wanted.wait()
    }

    private func dismiss(_ index: Int) {
        guard let child = running[index], dismissed.insert(index).inserted else { return }
        child.send(signal: SIGTERM)
        Task(executorPreference: loop) {
            await self.loop.sleep(for: self.members[index].patience)
            await self.killLate(child, self.members[index])
        }
    }

    private func signalAll(_ signal: Int32) { for child in running.values { child.send(signal: signal) } }

    private func keepRunning(_ index: Int, ready: @escaping @Sendable () async -> Void) async {
        let member = members[index]
        var policy = RestartPolicy()
        while !drainRequest.hasBegun {
            await untilWanted(index)
            guard !drainRequest.hasBegun else { return }
            let (exit, wasReady) = await runOnce(index, ready: ready)
            guard !drainRequest.hasBegun else { return }
            if dismissed.remove(index) != nil { continue }
            if member.endsByItself, exit == .code(0) { return drain() }
            logger.error(
                "\(member.name) ended unexpectedly: \(exit.map { "\($0)" } ?? "it could not be started")")
            let isHopeless = exit == .code(Self.configurationError) && Protection.restartLimit.isOn
            guard !isHopeless, let wait = policy.wait(afterEndAt: .now, wasReady: wasReady)
            else { return giveUp(member, exit) }
            await loop.sleep(for: wait)
        }
    }

    /// sysexits.h, EX_CONFIG: starting it again will not change anything.
    private static let configurationError: Int32 = 78

    private func giveUp(_ member: Member, _ exit: ChildProcess.Exit?) {
        failure = failure ?? SupervisionFailure(member: member.name, exit: exit)
        drain()
    }

    private func runOnce(
        _ index: Int, ready: @escaping @Sendable () async -> Void
    ) async -> (exit: ChildProcess.Exit?, wasReady: Bool) {
        let child: ChildProcess
        let boot = WorkerID.newBoot()
        do {
            var command = members[index].command
            command.environment[Self.bootVariable] = boot
            command.environment[Self.hostVariable] = Self.host
            child = try await ChildProcess.start(command, on: loop)
        } catch {
            logger.error("\(members[index].name) cannot be started: \(error)")
            return (nil, false)
        }
        running[index] = child
        defer { running[index] = nil }
        // It may have been told to end while the child was being started.
        if drainRequest.hasBegun { child.send(signal: SIGTERM) } else if !isWanted(index) { dismiss(index) }
        let killer = Task(executorPreference: loop) { await self.killWhenTooLate(child, self.members[index]) }
        defer { killer.cancel() }
        let isReady = await child.isReady()
        if isReady { await noteReady(index, ready) }
        let exit = await child.exit()
        handOverJobs(of: WorkerID(host: Self.host, process: child.processID, boot: boot), index)
        return (exit, isReady)
    }

    private func noteReady(_ index: Int, _ ready: @Sendable () async -> Void) async {
        let waitedFor = members.indices.filter { members[$0].delaysReadiness }
        let wasReady = readyMembers.isSuperset(of: waitedFor)
        readyMembers.insert(index)
        if !wasReady, readyMembers.isSuperset(of: waitedFor) { await ready() }
    }

    private static let host = ProcessInfo.processInfo.hostName

    /// Beside the restart, which does not wait for it. A worker that ended well holds nothing.
    private func handOverJobs(of worker: WorkerID, _ index: Int) {
        guard let handOver, Protection.handOver.isOn else { return }
        let before = handingOver[index]
        handingOver[index] = Task(executorPreference: loop) {
            await before?.value
            await handOver(from: worker)
        }
    }

    private func killWhenTooLate(_ child: ChildProcess, _ member: Member) async {
        await drainRequest.wait()
        await loop.sleep(for: member.patience)
        if !Task.isCancelled { killLate(child, member) }
    }

    private func killLate(_ child: ChildProcess, _ member: Member) {
        guard child.isRunning else { return }
        logger.error("\(member.name) did not end in \(member.patience) and is killed")
        child.sendToGroup(signal: SIGKILL)
    }
}

/// A member that could not be kept running.
public struct SupervisionFailure: Error, CustomStringConvertible {
    public let member: String
    public let exit: ChildProcess.Exit?

    public var description: String {
        let end =
            switch exit {
            case nil: "it cannot be started"
            case .code(78): "its configuration must be changed (exit code 78)"
            case let exit?: "it ended with \(exit) again and again"
            }
        return "\(member) cannot be kept running: \(end). Its own message above says why."
    }
}
