import Foundation
import Telemetry
import TestSupport
import Testing

@Suite("The alerts and the dashboard as shipped")
struct ShippedFileTests {
    private static let promtool = Tool("/usr/bin/promtool")
    private static let alerts = Checkout.root + "/Config/prometheus/alerts.yml"
    private static let alertTests = Checkout.root + "/Config/prometheus/alerts.test.yml"

    @Test func `promtool finds no fault in the alerts`() async throws {
        try await Self.promtool.run("check", "rules", "--lint-fatal", Self.alerts)
    }

    @Test func `alerts fire when they should, and at nothing else`() async throws {
        try await Self.promtool.run("test", "rules", Self.alertTests)
    }

    @Test func `each alert is tested, and each has all three kinds beside it`() throws {
        let alerts = try String(contentsOfFile: Self.alerts, encoding: .utf8)
        let names = Set(alerts.matches(of: #/alert: (\w+)/#).map { String($0.1) })
        let tests = try String(contentsOfFile: Self.alertTests, encoding: .utf8)
        let tested = Set(
            tests.matches(of: #/alertname: (\w+)\s+eval_time: \w+\s+exp_alerts:\s+- exp_labels/#).map { String($0.1) })
        let untested = names.subtracting(tested)
        #expect(names.count > 15 && untested.isEmpty, "never seen to fire: \(untested)")
        let severities = Set(alerts.matches(of: #/severity: (\w+)/#).map { String($0.1) })
        #expect(severities == ["critical", "warning", "info"])
    }

    @Test(arguments: ["prometheus/alerts.yml", "prometheus/alerts.test.yml", "grafana/coursework.json"])
    func `speaks of metrics that there are`(file: String) throws {
        let text = try String(contentsOfFile: Checkout.root + "/Config/" + file, encoding: .utf8)
        let known = Set(CourseworkMetrics.all.flatMap(\.seriesNames))
        // Not those of job names, the file itself and its groups: they have no underscore behind `coursework`.
        let used = Set(text.matches(of: #/coursework_[a-z0-9_]+/#).map { String($0.0) })
        #expect(!used.isEmpty && used.subtracting(known).isEmpty, "there is no \(used.subtracting(known).sorted())")
    }

    @Test func `the dashboard shows every metric there is`() throws {
        let text = try String(contentsOfFile: Checkout.root + "/Config/grafana/coursework.json", encoding: .utf8)
        let shown = Set(text.matches(of: #/coursework_[a-z0-9_]+/#).map { String($0.0) })
        let missing = CourseworkMetrics.all.filter { shown.isDisjoint(with: $0.seriesNames) }.map(\.name)
        #expect(missing.isEmpty, "nobody sees \(missing)")
    }

    @Test func `every expression of the dashboard can be read`() async throws {
        let data = try Data(contentsOf: URL(fileURLWithPath: Checkout.root + "/Config/grafana/coursework.json"))
        let dashboard = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        let panels = try #require(dashboard["panels"] as? [[String: Any]])
        let targets = panels.flatMap { $0["targets"] as? [[String: Any]] ?? [] }
        let expressions = targets.compactMap { $0["expr"] as? String }
        #expect(expressions.count > 25 && expressions.count == targets.count)
        // What Grafana puts in for its variables.
        let rules = expressions.enumerated().map { number, expression in
            let expression = expression.replacing("$__rate_interval", with: "1m").replacing("$queue", with: ".*")
            return "  - record: panel:\(number)\n    expr: '\(expression)'\n"
        }
        let folder = try TemporaryFolder()
        try "groups:\n- name: panels\n  rules:\n\(rules.joined())".write(
            toFile: folder.file("panels.yml"), atomically: true, encoding: .utf8)
        try await Self.promtool.run("check", "rules", folder.file("panels.yml"))
        let identifiers = panels.compactMap { $0["id"] as? Int }
        #expect(Set(identifiers).count == panels.count)
    }

    @Test func `promtool finds no fault in the sample configuration`() async throws {
        // The token is where it will be, and not here.
        try await Self.promtool.run(
            "check", "config", "--syntax-only", Checkout.root + "/Config/prometheus/prometheus.yml")
    }
}
