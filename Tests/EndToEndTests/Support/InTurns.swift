import Platform
import Synchronization
import Testing

/// A few tests at a time, and each with a limit: a story runs several processes, and the machine has few cores.
struct InTurns: TestTrait, SuiteTrait, TestScoping {
    private static let turns = Turns(count: 6)
    private static let limit = Duration.seconds(90)

    let isRecursive = true

    func provideScope(
        for test: Test, testCase: Test.Case?, performing body: @concurrent @Sendable () async throws -> Void
    ) async throws {
        guard testCase != nil else { return try await body() }
        await Self.turns.take()
        defer { Self.turns.giveBack() }
        try await withoutActuallyEscaping(body) { body in
            try await within(Self.limit, "\(test.name)") { try await body() }
        }
    }
}

extension Trait where Self == InTurns {
    static var inTurns: Self { InTurns() }
}

final class Turns: Sendable {
    private let state: Mutex<(free: Int, waiting: [Promise<Void>])>

    init(count: Int) { state = Mutex((count, [])) }

    func take() async {
        let turn = Promise<Void>()
        state.withLock { state in
            if state.free > 0 {
                state.free -= 1
                turn.complete(with: ())
            } else {
                state.waiting.append(turn)
            }
        }
        await turn.wait()
    }

    func giveBack() {
        let next: Promise<Void>? = state.withLock { state in
            guard state.waiting.isEmpty else { return state.waiting.removeFirst() }
            state.free += 1
            return nil
        }
        next?.complete(with: ())
    }
}
