import FoundationEssentials
import HTTPServer
import Jobs
import Platform
import TestSupport
import Testing

@testable import Access

/// The sample of a proxy that ships, with a real nginx.
@Suite("Config/nginx.conf", .timeLimit(.minutes(2)))
struct NginxTests {
    private static let nginx = "/usr/sbin/nginx"

    private let folder: TemporaryFolder

    init() async throws {
        folder = try TemporaryFolder()
        try await Tool.openssl.run(
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
            "-subj",
            "/CN=learn.example.org", "-addext", "subjectAltName=DNS:learn.example.org", "-keyout",
            folder.file("key.pem"), "-out", folder.file("fullchain.pem"))
    }

    /// Writes the sample as part of a whole configuration, with its paths here and some of it changed.
    private func write(_ change: (String) -> String = { $0 }) throws -> [String] {
        let sample = try String(contentsOfFile: Checkout.root + "/Config/nginx.conf", encoding: .utf8)
        let temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map { name in
            "\(name)_temp_path \(folder.path)/\(name);"
        }
        let whole = """
            daemon off; master_process off; pid \(folder.path)/pid; error_log \(folder.path)/errors;
            events { worker_connections 256; }
            http { access_log off; \(temporary.joined()) include \(folder.path)/sample.conf; }
            """
        let text = change(sample.replacing("/etc/coursework/tls", with: folder.path))
        for (name, text) in [("nginx.conf", whole), ("sample.conf", text)] {
            try Data(text.utf8).write(to: URL(filePath: folder.file(name)))
        }
        return ["-p", folder.path, "-c", folder.file("nginx.conf")]
    }

    @Test func `is one that nginx takes`() async throws {
        try await Tool(Self.nginx).run(["-t", "-q"] + write())
    }

    @Test func `leads to the server by HTTP/2, with the client's own address and a path as it was written`()
        async throws
    {
        let rate = Rate(5, per: .seconds(3600), burst: 5)
        try await Door.with(limits: AccessLimits(address: rate)) { door in
            let (held, plain) = (try ClosedPort(), try ClosedPort())
            defer { withExtendedLifetime((held, plain)) {} }
            let port = held.number
            let words = try write { sample in
                sample.replacing(#/ +listen \[::\].*\n/#, with: "").replacing(
                    #/ +listen 80;\n/#, with: "        listen 127.0.0.1:\(plain.number);\n"
                )
                .replacing("listen 443 ", with: "listen 127.0.0.1:\(port) ")
                .replacing("127.0.0.1:8080", with: "127.0.0.1:\(door.server.port)")
            }
            var command = ChildProcess.Command(Self.nginx, words, environment: ["PATH": "/usr/bin:/bin"])
            command.diesWithParent = true
            let proxy = try await ChildProcess.start(command, on: door.loop)
            defer { proxy.send(signal: 9) }
            let url = "https://learn.example.org:\(port)"
            let curl = [
                "-sS", "--http2", "--max-time", "20", "--path-as-is", "--cacert", folder.file("fullchain.pem"),
                "--resolve",
                "learn.example.org:\(port):127.0.0.1", "-w", " %{http_version} %{http_code}",
            ]
            func ask(_ path: String, _ more: String...) async throws -> String {
                String(decoding: try await Tool("/usr/bin/curl").run(curl + more + [url + path]), as: UTF8.self)
            }
            let key = try await door.key(.operator)
            try await eventually("nginx listens") {
                (try? await ask("/v1/dead", "-H", "Authorization: Bearer \(key.text)"))
                    == "key \(key.id) test operator 2 200"
            }
            // Others than ours are told nothing, from wherever they say that they come.
            let strangers = try await ask("//v1/dead", "-H", "X-Forwarded-For: 198.51.100.1")
            #expect(strangers.contains(#""status":401"#) && strangers.hasSuffix(" 2 401"))
            let hidden = try await ask("/metrics", "-H", "Authorization: Bearer \(key.text)")
            #expect(hidden.hasSuffix(" 2 404"))
            // One address has one rate, whatever it writes: but nginx itself is on this machine, and so is the client.
            let open = try await ask("/open")
            #expect(open.hasSuffix(" 2 200"))
            proxy.send(signal: 15)
            _ = await proxy.exit()
        }
    }
}
