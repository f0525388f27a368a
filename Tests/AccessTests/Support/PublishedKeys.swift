import HTTPServer
import JOSE
import Platform
import Synchronization

/// A server that tells an issuer's keys.
final class PublishedKeys: Sendable {
    private let set: Mutex<JSONWebKeySet>
    private let count = Atomic(0)

    init(_ set: JSONWebKeySet) { self.set = Mutex(set) }

    /// How often somebody asked.
    var fetches: Int { count.load(ordering: .relaxed) }

    func publish(_ new: JSONWebKeySet) { set.withLock { $0 = new } }

    func serve(
        on loop: EventLoop, tls: TLSIdentity? = nil, _ body: (_ url: String) async throws -> Void
    ) async throws {
        let route = Route(
            .get, "/keys", role: .public, "the keys",
            .immediate { [self] _ in
                count.add(1, ordering: .relaxed)
                return .json(.ok, set.withLock { $0 }.json)
            })
        var options = HTTPServerOptions(host: "127.0.0.1", port: 0)
        options.tls = tls
        let server = try HTTPServer(Router([route]), options, loop: loop, logger: .silent)
        do {
            try await body("\(tls == nil ? "http" : "https")://127.0.0.1:\(server.port)/keys")
        } catch {
            await server.stop()
            throw error
        }
        await server.stop()
    }
}
