import Platform
import Synchronization
import TestSupport
import Testing

@testable import HTTPServer

/// Answers that go on.
@Suite("Streams", .timeLimit(.minutes(2)))
struct StreamTests {
    /// The streams that a server gave out, in their order.
    private final class Given: Sendable {
        private let streams = Mutex<[ByteStream]>([])

        var all: [ByteStream] { streams.withLock { $0 } }

        func new(limit: Int) -> ByteStream {
            let stream = ByteStream(limit: limit)
            streams.withLock { $0.append(stream) }
            return stream
        }
    }

    private func withStreams(
        limit: Int = 1000, gatekeeper: any Gatekeeper = ClosedGate(),
        _ change: (inout HTTPServerOptions) -> Void = { _ in },
        _ body: (HTTPServer, Given, CollectedLog) async throws -> Void
    ) async throws {
        let loop = try EventLoop(name: "test")
        defer { loop.stop() }
        let (given, log) = (Given(), CollectedLog())
        let open: @Sendable (HTTPRequest) -> HTTPResponse = { _ in
            HTTPResponse(.ok, "text/event-stream", given.new(limit: limit))
        }
        var options = HTTPServerOptions(host: "127.0.0.1", port: 0)
        change(&options)
        let server = try HTTPServer(
            Router([
                Route(.get, "/open", role: .public, "A stream.", .immediate(open)),
                Route(.get, "/later", role: .public, "A stream.", .awaiting { open($0) }),
                Route(.get, "/closed", role: .operator, "A stream.", .immediate(open)),
                Route(.get, "/now", role: .public, "No stream.", .immediate { _ in .text("now") }),
            ]), options, gatekeeper: gatekeeper, loop: loop, logger: log.logger())
        do { try await body(server, given, log) } catch {
            await server.stop()
            throw error
        }
        await server.stop()
    }

    private func open(_ path: String, _ server: HTTPServer, fields: String = "") async throws -> HTTPClient {
        let client = try HTTPClient(port: server.port)
        await client.send("GET \(path) HTTP/1.1\r\nHost: a\r\n\(fields)\r\n")
        let answer = try #require(try await client.answer())
        #expect(answer.status == 200 && answer["transfer-encoding"] == "chunked")
        return client
    }

    @Test(arguments: ["/open", "/later"])
    func `pieces come as they are sent, and then the end`(path: String) async throws {
        try await withStreams { server, given, log in
            let client = try await open(path, server)
            let stream = given.all[0]
            for number in 0..<20 {
                #expect(stream.send(Array("piece \(number)".utf8)))
                let piece = try await client.chunk()
                #expect(piece == "piece \(number)")
            }
            stream.send(Array("the ".utf8))
            stream.send(Array("last".utf8))
            stream.end()
            var rest = ""
            while let piece = try await client.chunk() { rest += piece }
            #expect(rest == "the last")
            #expect(!stream.send([1]) && stream.isOver)
            // The connection is as good as before.
            await client.send("GET /now HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(try await client.answer()?.body == "now")
            try await eventually("the log knows how much was sent") {
                log.lines.contains { "\($0)".contains("/open") || "\($0)".contains("/later") }
            }
        }
    }

    /// A piece that is larger than the buffer of a connection, and many clients.
    @Test func `fifty readers get all of it, without a thread for any`() async throws {
        try await withStreams(limit: 1 << 20) { server, given, _ in
            var clients: [HTTPClient] = []
            for _ in 0..<50 { clients.append(try await open("/open", server)) }
            let piece = Array(String(repeating: "0123456789", count: 10_000).utf8)
            for stream in given.all { stream.send(piece) }
            for stream in given.all { stream.end() }
            for client in clients {
                var count = 0
                while let piece = try await client.chunk() { count += piece.utf8.count }
                #expect(count == piece.count)
            }
        }
    }

    @Test func `a reader who is too slow is cut off, and nothing grows for him`() async throws {
        try await withStreams(limit: 100_000) { server, given, _ in
            let client = try await open("/open", server)
            let stream = given.all[0]
            let piece = [UInt8](repeating: 120, count: 10_000)
            var sent = 0
            // What the kernel takes is no more than a few times the buffers that we give it.
            while stream.send(piece), sent < 1000 {
                sent += 1
                #expect(stream.keptBytes <= 100_000)
                await Task.yield()
            }
            #expect(sent < 1000 && stream.wasTooSlow && stream.keptBytes == 0)
            await #expect(throws: TestFailure.self) { while try await client.chunk() != nil {} }
            // Others are none the worse.
            let other = try await open("/open", server)
            given.all[1].send([120])
            #expect(try await other.chunk() == "x")
        }
    }

    @Test func `a reader who is gone is noticed by what is sent`() async throws {
        try await withStreams { server, given, _ in
            _ = try await open("/open", server)
            let stream = given.all[0]
            try await eventually("nobody is there") { !stream.send(Array(":\n\n".utf8)) }
        }
    }

    @Test func `a server that stops ends them at once`() async throws {
        try await withStreams({ $0.drain = .seconds(60) }) { server, given, _ in
            let client = try await open("/open", server)
            given.all[0].send(Array("bye".utf8))
            let begun = MonotonicTime.now
            await server.stop()
            #expect(MonotonicTime.now.since(begun) < .seconds(20))
            #expect(try await client.chunk() == "bye")
            #expect(try await client.chunk() == nil)
        }
    }

    /// Lets a name in until it is turned out.
    private final class Door: Gatekeeper {
        let isOpen = Mutex(true)

        func admit(_ fields: HTTPFields, from client: String) -> Admission { .admitted(Self.ada) }
        func admitAnybody(_ fields: HTTPFields, from client: String) -> Admission { .admitted(.nobody) }

        func readmit(_ fields: HTTPFields, from client: String) -> Admission {
            let isHers = fields["Authorization"] == "Bearer ada" && fields["Host"] == nil
            return isHers && isOpen.withLock { $0 } ? .admitted(Self.ada) : .unknown
        }

        private static let ada = Principal(.key, id: "1", name: "ada", role: .operator)
    }

    @Test func `whose key is revoked is told nothing more`() async throws {
        let door = Door()
        try await withStreams(gatekeeper: door) { server, given, _ in
            let client = try await open("/closed", server, fields: "Authorization: Bearer ada\r\n")
            let anybody = try await open("/open", server)
            given.all[0].send(Array("secret".utf8))
            #expect(try await client.chunk() == "secret")
            door.isOpen.withLock { $0 = false }
            #expect(try await client.chunk() == nil)
            #expect(!given.all[0].send([120]))
            #expect(given.all[1].send([120]))
            #expect(try await anybody.chunk() == "x")
        }
    }

    @Test func `a HEAD opens none`() async throws {
        try await withStreams { server, given, _ in
            let client = try HTTPClient(port: server.port)
            await client.send("HEAD /open HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(try await client.answer(bodiless: true)?.status == 200)
            try await eventually("it is over") { given.all[0].isOver }
        }
    }
}
