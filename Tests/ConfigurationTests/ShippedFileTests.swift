import FoundationEssentials
import Testing

@testable import Configuration

@Suite struct ShippedFileTests {
    @Test func `the shipped file holds exactly the built-in defaults`() throws {
        let domains = ["certificate", "email", "quiz", "video"]
        var shipped = try Configuration.load(file: shippedFile, environment: [:], domains: domains)
        #expect(shipped.sections.keys.sorted() == domains)
        shipped.sections = [:]
        #expect(shipped == Configuration())
        #expect(shipped.warnings.isEmpty)
    }

    @Test func `the shipped file names every setting`() throws {
        let source = try Document(text: shippedText(), file: "coursework.json5").source
        let sections: [(SettingPath, [String])] = [
            ([], Configuration.keys),
            (["redis"], RedisSettings.keys),
            (["database"], DatabaseSettings.keys),
            (["outbox"], OutboxSettings.keys),
            (["server"], ServerSettings.keys),
            (["server", "rateLimit"], RateLimitSettings.keys),
            (["lease"], LeaseSettings.keys),
            (["pools", "main"], PoolSettings.keys),
            (["tolerance"], ToleranceSettings.keys),
            (["deadLetters"], DeadLetterSettings.keys),
            (["audit"], AuditSettings.keys),
            (["encryption"], EncryptionSettings.keys),
            (["log"], LogSettings.keys),
            (["tracing"], TracingSettings.keys),
            (["storage"], StorageSettings.keys),
        ]
        for (path, keys) in sections {
            for key in keys { #expect(source.hasSetting(path + [key]), "\(key) is missing") }
        }
    }

    @Test func `the shipped file lists every environment variable`() throws {
        let text = String(decoding: try shippedText(), as: UTF8.self)
        for variable in Configuration.environmentVariables {
            #expect(text.contains("//   \(variable.name)"))
            #expect(text.contains(variable.setting))
        }
    }

    @Test func `the policy in the comment is one that loads`() throws {
        let text = String(decoding: try shippedText(), as: UTF8.self)
        let policy = text.split(separator: "\n").map { $0.drop { $0 == " " } }
            .drop { !$0.hasPrefix("// \"email.send\"") }.prefix { $0.hasPrefix("//") }
            .map { $0.dropFirst(2) }.joined(separator: "\n")
        let policies = try read("{ policies: {\(policy)} }").policies
        #expect(policies["email.send"]?.deadline == .after(.seconds(300)))
        #expect(policies["email.send"]?.retries == 3)
    }

    @Test func `the schedule in the comment is one that loads, and says every setting`() throws {
        let text = String(decoding: try shippedText(), as: UTF8.self)
        let lines = text.split(separator: "\n").map { $0.drop { $0 == " " } }
            .drop { !$0.hasPrefix("// \"monday-mail\"") }.prefix { $0.hasPrefix("//") }.map { $0.dropFirst(2) }
        let schedule = try #require(
            try read("{ schedules: {\(lines.joined(separator: "\n"))} }").schedules["monday-mail"])
        #expect(schedule.line == "0 8 * * mon Europe/Berlin")
        for key in ["cron", "timeZone", "type", "queue", "args", "missed"] {
            #expect(lines.contains { $0.contains("\(key): ") }, "\(key) is missing")
        }
    }

    @Test func `the bucket in the comment is one that loads, and says every setting`() throws {
        let text = String(decoding: try shippedText(), as: UTF8.self)
        let lines = text.split(separator: "\n").map { $0.drop { $0 == " " } }
            .drop { !$0.hasPrefix("// s3: {") }.prefix { $0.hasPrefix("//") }.map { $0.dropFirst(2) }
        let bucket = try #require(try read("{ storage: {\(lines.joined(separator: "\n"))} }").storage.s3)
        #expect(bucket.bucket == "school-files" && bucket.style == "virtual-host" && bucket.connections == 8)
        for key in S3Settings.keys { #expect(lines.contains { $0.contains("\(key): ") }, "\(key) is missing") }
    }
}
