import Foundation
import Platform
import TestSupport

/// A real Prometheus that scrapes one server every second.
struct PrometheusServer: Sendable {
    private let process: ChildProcess
    private let log: String
    let port: UInt16

    static func with(
        scraping target: UInt16, on loop: EventLoop, _ body: (PrometheusServer) async throws -> Void
    ) async throws {
        let folder = try TemporaryFolder()
        let configuration = """
            global: { scrape_interval: 1s, evaluation_interval: 1s }
            rule_files: [ "\(Checkout.root)/Config/prometheus/alerts.yml" ]
            scrape_configs:
              - job_name: coursework
                static_configs: [ { targets: [ "127.0.0.1:\(target)" ] } ]
            """
        try configuration.write(toFile: folder.file("prometheus.yml"), atomically: true, encoding: .utf8)
        var command = ChildProcess.Command(
            "/usr/bin/prometheus",
            [
                "--config.file=\(folder.file("prometheus.yml"))", "--storage.tsdb.path=\(folder.file("data"))",
                "--web.listen-address=127.0.0.1:0",
            ], environment: ["PATH": "/usr/bin:/bin"])
        command.folder = folder.path
        command.outputFile = folder.file("log")
        command.diesWithParent = true
        let process = try await ChildProcess.start(command, on: loop)
        do {
            try await body(try await started(process, log: folder.file("log")))
        } catch {
            process.send(signal: SIGKILL)
            _ = await process.exit()
            throw error
        }
        process.send(signal: SIGKILL)
        _ = await process.exit()
    }

    private static func started(_ process: ChildProcess, log: String) async throws -> PrometheusServer {
        func text() -> String { (try? String(contentsOfFile: log, encoding: .utf8)) ?? "" }
        func port() -> UInt16? {
            text().firstMatch(of: #/msg="Listening on" address=127\.0\.0\.1:(\d+)/#).flatMap { UInt16($0.1) }
        }
        try await eventually("Prometheus listens") {
            guard process.isRunning else { throw TestFailure("Prometheus ended: \(text())") }
            return port() != nil
        }
        guard let port = port() else { throw TestFailure(text()) }
        try await eventually("Prometheus is ready") { text().contains("Server is ready to receive web requests") }
        return PrometheusServer(process: process, log: log, port: port)
    }

    /// The value of an expression that has one; nil while there is none.
    func value(of expression: String) async throws -> String? {
        let query = expression.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
        let result = try await ask("query?query=\(query)")["result"] as? [[String: Any]]
        return (result?.first?["value"] as? [Any])?.last as? String
    }

    /// What it last had against a page that it scraped; nil when nothing.
    func complaint() async throws -> String? {
        let targets = try await ask("targets")["activeTargets"] as? [[String: Any]]
        return (targets?.first?["lastError"] as? String).flatMap { $0.isEmpty ? nil : $0 }
    }

    /// Its answers come in chunks, which curl can read.
    private func ask(_ path: String) async throws -> [String: Any] {
        let answer = try await Tool("/usr/bin/curl").run(
            "-sS", "--fail-with-body", "--max-time", "20", "http://127.0.0.1:\(port)/api/v1/\(path)")
        let json = try JSONSerialization.jsonObject(with: Data(answer)) as? [String: Any]
        guard let data = json?["data"] as? [String: Any] else {
            throw TestFailure("\(path): \(String(decoding: answer, as: UTF8.self))")
        }
        return data
    }
}
