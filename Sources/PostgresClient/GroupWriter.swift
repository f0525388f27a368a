public import Logging
public import Platform
public import Synchronization
public import Tracing

/// Writes together what many ask for at once: while one group is on its way, the next one gathers.
///
/// So a caller who is alone waits for nobody, and under load a statement and its commit serve many.
///
/// Inlinable for the sake of its speed: see `FIFO`.
public final class GroupWriter<Request: Sendable, Answer: Sendable>: Sendable {
    @usableFromInline struct Waiting: Sendable {
        @usableFromInline let number: Int
        @usableFromInline let request: Request
        @usableFromInline let promise = Promise<Result<Answer, any Error>>()

        @inlinable init(number: Int, request: Request) { (self.number, self.request) = (number, request) }
    }

    @usableFromInline struct State: Sendable {
        @usableFromInline var waiting: [Waiting] = []
        @usableFromInline var groupsUnderWay = 0
        @usableFromInline var last = 0

        @inlinable init() {}
    }

    @inlinable static var largestGroup: Int { 100 }

    @usableFromInline let groupsAtOnce: Int
    @usableFromInline let isSame: @Sendable (Request, Request) -> Bool
    @usableFromInline let write: @Sendable ([Request]) async throws -> [Answer]
    @usableFromInline let state = Mutex(State())

    /// - Parameters:
    ///   - groupsAtOnce: with two, one is written by the server while the answers of the other are handed out; with one,
    ///     groups are larger, and cost the server less.
    ///   - isSame: whether two requests concern the same row, so that they must not be in one group.
    ///   - write: answers each request, in their order; all are written, or none.
    @inlinable
    public init(
        groupsAtOnce: Int = 2, isSame: @escaping @Sendable (Request, Request) -> Bool = { _, _ in false },
        write: @escaping @Sendable ([Request]) async throws -> [Answer]
    ) {
        self.groupsAtOnce = groupsAtOnce
        self.isSame = isSame
        self.write = write
    }

    /// - Parameter isCancellable: whether the request may be withdrawn before it is on its way.
    @inlinable
    public func submit(_ request: Request, isCancellable: Bool) async throws -> Answer {
        let (waiting, isFirst) = state.withLock { state in
            state.last += 1
            let waiting = Waiting(number: state.last, request: request)
            state.waiting.append(waiting)
            let isFirst = state.groupsUnderWay < groupsAtOnce
            if isFirst { state.groupsUnderWay += 1 }
            return (waiting, isFirst)
        }
        // Its own task: the group must not fail with the one job that happens to be its first.
        if isFirst { startWriting() }
        return try await OutsideCall.during("postgresql", .client, [SpanAttribute("db.system.name", "postgresql")]) {
            try await withTaskCancellationHandler {
                try await waiting.promise.wait().get()
            } onCancel: {
                if isCancellable { withdraw(waiting.number) }
            }
        }
    }

    /// On behalf of many: what it calls and logs is no single job's.
    @inlinable
    func startWriting() {
        LogContext.$subject.withValue(nil) {
            CurrentSpan.$value.withValue(nil) { _ = Task { await self.writeGroups() } }
        }
    }

    @inlinable
    func withdraw(_ number: Int) {
        let withdrawn = state.withLock { state in
            state.waiting.firstIndex { $0.number == number }.map { state.waiting.remove(at: $0) }
        }
        withdrawn?.promise.complete(with: .failure(CancellationError()))
    }

    @inlinable
    func writeGroups() async {
        while let group = nextGroup() { await write(group) }
    }

    @inlinable
    func nextGroup() -> [Waiting]? {
        state.withLock { state in
            var (group, rest): ([Waiting], [Waiting]) = ([], [])
            for waiting in state.waiting {
                let fits = group.count < Self.largestGroup && !group.contains { isSame($0.request, waiting.request) }
                if fits { group.append(waiting) } else { rest.append(waiting) }
            }
            state.waiting = rest
            if group.isEmpty { state.groupsUnderWay -= 1 }
            return group.isEmpty ? nil : group
        }
    }

    @inlinable
    func write(_ group: [Waiting]) async {
        do {
            let answers = try await write(group.map(\.request))
            for (waiting, answer) in zip(group, answers) { waiting.promise.complete(with: .success(answer)) }
        } catch {
            guard group.count > 1, !Self.isServerAway(error) else {
                for waiting in group { waiting.promise.complete(with: .failure(error)) }
                return
            }
            // Whatever one of them did to the statement, the others are not to blame.
            for waiting in group { await write([waiting]) }
        }
    }

    /// Then each by itself would only wait as long again.
    @usableFromInline
    static func isServerAway(_ error: any Error) -> Bool {
        guard let error = error as? PostgresError else { return false }
        return error.code == .unavailable || error.code == .connectionLost || error.code == .closed
    }
}
