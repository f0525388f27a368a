import FoundationEssentials
import Jobs
import Testing

@testable import Configuration

@Suite struct LoadTests {
    @Test func `an empty object is the defaults`() throws {
        #expect(try read("{}") == Configuration())
    }

    @Test func `every setting of a file is taken over`() throws {
        let configuration = try read(
            """
            {
              redis: { url: 'unix:///run/redis.sock', passwordFile: "/etc/secret" },
              lease: { duration: "30s", renewEvery: "5s", rescueEvery: "2s", },
              "queues": ["a", "b"],
              pools: { one: { queues: ["b", "a"], order: { a: 3, "b": 0x1 }, slots: 5, processes: 2, drain: "1m" } },
              policies: { 'quiz.grade': { retries: 0, base: "1s", cap: "1s", deadline: "none" } },
              tolerance: { argsBytes: 2048, unknownTypeFor: "1h" },
              log: { level: "debug", format: "json" },
              dataFolder: "/data",
            }
            """)
        #expect(configuration.redis.url == "unix:///run/redis.sock")
        #expect(configuration.redis.passwordFile == "/etc/secret")
        #expect(configuration.lease.duration == .seconds(30))
        #expect(configuration.lease.renewEvery == .seconds(5))
        #expect(configuration.lease.rescueEvery == .seconds(2))
        #expect(configuration.queues == ["a", "b"])
        let pool = PoolSettings(
            queues: ["b", "a"], order: .weighted(["a": 3, "b": 1]), slots: 5, processes: 2, drain: .seconds(60))
        #expect(configuration.pools == ["one": pool])
        #expect(configuration.policies["quiz.grade"]?.retries == 0)
        #expect(configuration.policies["quiz.grade"]?.deadline == Deadline.none)
        #expect(configuration.tolerance.argsBytes == 2048)
        #expect(configuration.tolerance.unknownTypeFor == .seconds(3600))
        #expect(configuration.log.level == .debug)
        #expect(configuration.log.format == .json)
        #expect(configuration.dataFolder == "/data")
    }

    @Test func `relative paths start at the folder of the file`() throws {
        let text = Array("{ dataFolder: 'data', redis: { passwordFile: 'secret' } }".utf8)
        let document = try Document(text: text, file: "/etc/coursework/c.json5")
        let configuration = try Configuration.read(document, environment: [:], domains: [])
        #expect(configuration.folder == "/etc/coursework")
        #expect(configuration.dataFolder == "/etc/coursework/data")
        #expect(configuration.redis.passwordFile == "/etc/coursework/secret")
    }

    @Test(arguments: [("c.json5", "."), ("/c.json5", "/"), ("a/b/c.json5", "a/b")])
    func `the folder of a file`(file: String, folder: String) throws {
        #expect(try Document(text: Array("{}".utf8), file: file).source.folder == folder)
    }

    @Test func `a byte order mark and Windows line ends do no harm`() throws {
        #expect(complaint(about: "\u{FEFF}{\r\n  // one\r\n  lock: 1,\r\n}").hasPrefix("test.json5:3: 'lock'"))
    }

    @Test func `the option wins over the variable, and the variable over the default file`() {
        let environment = ["COURSEWORK_CONFIG": "two.json5"]
        #expect(Configuration.locate(option: "one.json5", environment: environment) == "one.json5")
        #expect(Configuration.locate(option: nil, environment: environment) == "two.json5")
    }

    @Test func `the default file is taken when it exists, and an empty variable is none`() {
        let environment = ["COURSEWORK_CONFIG": ""]
        let found = Configuration.locate(option: nil, environment: environment) { $0 == "Config/coursework.json5" }
        #expect(found == "Config/coursework.json5")
        #expect(Configuration.locate(option: nil, environment: environment) { _ in false } == nil)
    }

    @Test func `without a file the defaults hold, and the environment wins over them`() throws {
        let configuration = try Configuration.load(
            file: nil, environment: ["COURSEWORK_LOG_LEVEL": "error"], domains: [])
        #expect(configuration.log.level == .error)
        #expect(configuration.queues == Configuration().queues)
        #expect(configuration.folder == "Config")
    }

    @Test func `a file that is not there, a folder and no name are told apart`() throws {
        try withTemporaryFolder { folder in
            let missing = "\(folder)/none.json5"
            #expect(refusal(of: missing) == "\(missing): there is no such file; check --config and COURSEWORK_CONFIG.")
            #expect(refusal(of: folder) == "\(folder): this cannot be read as a file; name a readable text file.")
            #expect(refusal(of: "") == "The configuration file's name is empty; name a file, or none.")
        }
    }

    private func refusal(of file: String) -> String {
        do throws(ConfigurationError) {
            _ = try Configuration.load(file: file, environment: [:], domains: [])
            return ""
        } catch {
            return error.description
        }
    }
}
