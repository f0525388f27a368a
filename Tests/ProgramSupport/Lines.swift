internal import Dispatch
internal import Foundation
internal import Glibc
internal import Platform
internal import Synchronization
internal import TestSupport

/// What a program writes into a pipe, line by line, as it comes. A thread of its own takes it out, so that the program
/// never waits for a test.
public final class Lines: Sendable {
    private struct State {
        var bytes: [UInt8] = []
        var lines: [String] = []
        /// Where the line begins that is not complete yet.
        var rest = 0
        var isOver = false
        var waiting: [Promise<Void>] = []
    }

    private let state = Mutex(State())

    /// - Parameter descriptor: the reading end, closed at the end.
    init(reading descriptor: Int32) {
        DispatchQueue(label: "end-to-end.lines").async { self.read(descriptor) }
    }

    /// Everything so far.
    public var text: String { String(decoding: state.withLock { $0.bytes }, as: UTF8.self) }

    /// All complete lines so far.
    public var all: [String] { state.withLock { $0.lines } }

    /// The first line that is so, of those that came and those that come.
    public func first(_ awaited: String, where isSo: @escaping @Sendable (String) -> Bool) async throws -> String {
        try await first(awaited) { $0.first(where: isSo) }
    }

    public func first(containing part: String) async throws -> String {
        try await first("a line with '\(part)'") { $0.contains(part) }
    }

    /// Waits until so many lines hold the text.
    public func count(of part: String, reaches count: Int) async throws {
        try await first("\(count) lines with '\(part)'") { lines in
            lines.count { $0.contains(part) } >= count ? () : nil
        }
    }

    private func first<Value: Sendable>(
        _ awaited: String, in find: @escaping @Sendable ([String]) -> Value?
    ) async throws -> Value {
        do {
            return try await within(.seconds(40), awaited) {
                while true {
                    let (lines, isOver, change) = self.look()
                    if let value = find(lines) { return value }
                    guard !isOver else { throw TestFailure("The output ended without: \(awaited)") }
                    await change.waitOrCancel()
                    try Task.checkCancellation()
                }
            }
        } catch let error as TestFailure {
            throw TestFailure("\(error.description)\nThe output:\n\(text.suffix(4000))")
        }
    }

    /// Waits until nobody can write any more.
    public func end() async throws {
        try await within(.seconds(40), "the end of the output") {
            while !self.state.withLock({ $0.isOver }) {
                await self.look().change.waitOrCancel()
                try Task.checkCancellation()
            }
        }
    }

    private func look() -> (lines: [String], isOver: Bool, change: Promise<Void>) {
        state.withLock { state in
            let change = Promise<Void>()
            if state.isOver { change.complete(with: ()) } else { state.waiting.append(change) }
            return (state.lines, state.isOver, change)
        }
    }

    private func read(_ descriptor: Int32) {
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            let waiting = state.withLock { state in
                if count > 0 { Self.add(buffer[..<count], to: &state) } else { state.isOver = true }
                defer { state.waiting = [] }
                return state.waiting
            }
            for waiter in waiting { waiter.complete(with: ()) }
            guard count > 0 else { break }
        }
        close(descriptor)
    }

    private static func add(_ bytes: ArraySlice<UInt8>, to state: inout State) {
        var next = state.bytes.count
        state.bytes += bytes
        while let end = state.bytes[next...].firstIndex(of: UInt8(ascii: "\n")) {
            state.lines.append(String(decoding: state.bytes[state.rest..<end], as: UTF8.self))
            next = end + 1
            state.rest = next
        }
    }
}

extension Promise where Value == Void {
    func waitOrCancel() async {
        await withTaskCancellationHandler {
            await wait()
        } onCancel: {
            complete(with: ())
        }
    }
}
