internal import Synchronization

/// Somebody who listens to server-sent events.
public final class EventClient: Sendable {
    public struct Event: Sendable {
        public let name: String
        public let data: String
    }

    private struct State {
        var text = ""
        var lastID: String?
        var comments = 0
    }

    public let answer: HTTPAnswer
    private let client: HTTPClient
    private let state = Mutex(State())

    /// Returns when the head of the answer is here.
    public init(port: UInt16, _ target: String, fields: String = "") async throws {
        client = try HTTPClient(port: port)
        await client.send("GET \(target) HTTP/1.1\r\nHost: test\r\n\(fields)\r\n")
        guard let answer = try await client.answer() else { throw TestFailure("closed: \(target)") }
        self.answer = answer
    }

    /// The id of the last event, by which one goes on later.
    public var lastID: String? { state.withLock { $0.lastID } }

    /// The next event with one of these names, or any; nil at the end of the stream.
    public func next(_ names: String...) async throws -> Event? {
        while let block = try await block() {
            guard let event = read(block), names.isEmpty || names.contains(event.name) else { continue }
            return event
        }
        return nil
    }

    /// The next event for which the condition holds.
    public func first(_ name: String, where holds: (String) -> Bool) async throws -> Event {
        while let event = try await next(name) { if holds(event.data) { return event } }
        throw TestFailure("the stream ended without the event \(name)")
    }

    /// Reads until an id has come that is not this one.
    public func untilID(after last: String? = nil) async throws -> String {
        while let block = try await block() {
            _ = read(block)
            if let id = lastID, id != last { return id }
        }
        throw TestFailure("the stream ended without an id")
    }

    private func block() async throws -> String? {
        while true {
            let block = state.withLock { state -> String? in
                guard let end = state.text.firstRange(of: "\n\n") else { return nil }
                let block = String(state.text[..<end.lowerBound])
                state.text = String(state.text[end.upperBound...])
                return block
            }
            if let block { return block }
            guard let chunk = try await client.chunk() else { return nil }
            state.withLock { $0.text += chunk }
        }
    }

    /// As a browser reads it.
    private func read(_ block: String) -> Event? {
        var (name, data) = ("message", [Substring]())
        for line in block.split(separator: "\n") {
            let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            let value = parts.count > 1 ? parts[1].drop { $0 == " " } : ""
            switch parts[0] {
            case "event": name = String(value)
            case "data": data.append(value)
            case "id": state.withLock { $0.lastID = String(value) }
            default: break
            }
        }
        return data.isEmpty ? nil : Event(name: name, data: data.joined(separator: "\n"))
    }
}
