import Platform
import Testing

@testable import RedisClient

@Suite("Redis addresses")
struct RedisURLTests {
    @Test(
        arguments: [
            ("redis://localhost", "redis://localhost:6379", nil, nil, 0),
            ("redis://h:1/5", "redis://h:1", nil, nil, 5), ("redis://h/", "redis://h:6379", nil, nil, 0),
            ("redis://:pw@h:65535", "redis://h:65535", nil, "pw", 0),
            ("redis://ada:p%40s%3As@h", "redis://h:6379", "ada", "p@s:s", 0),
            ("redis://ada:a@b:c@h", "redis://h:6379", "ada", "a@b:c", 0),
            ("redis://ada@h", "redis://h:6379", "ada", nil, 0), ("redis://[::1]:7/2", "redis://::1:7", nil, nil, 2),
            ("redis://[::1]", "redis://::1:6379", nil, nil, 0),
            ("unix:///run/r.sock", "unix:///run/r.sock", nil, nil, 0),
            ("unix:///run/r.sock?db=3", "unix:///run/r.sock", nil, nil, 3),
            ("redis+unix:///r", "unix:///r", nil, nil, 0), ("unix://ada:pw@/r?db=1", "unix:///r", "ada", "pw", 1),
            ("unix:///home/a@b/r.sock", "unix:///home/a@b/r.sock", nil, nil, 0),
            ("redis://:%C3%A9@h", "redis://h:6379", nil, "é", 0),
        ] as [(String, String, String?, String?, Int)])
    func `that are understood`(
        url: String, endpoint: String, user: String?, password: String?, database: Int
    ) throws {
        let configuration = try RedisConfiguration(url: url)
        #expect(configuration.endpoint.description == endpoint)
        #expect(configuration.user == user && configuration.password?.value == password)
        #expect(configuration.database == database)
    }

    @Test(arguments: [
        "", "localhost", "redis:/h", "http://:hunter2@h", "redis://", "redis://:hunter2@", "redis://:hunter2@h:0",
        "redis://:hunter2@h:65536", "redis://:hunter2@h:x", "redis://:hunter2@h/x", "redis://:hunter2@h/-1",
        "redis://:hunter2%4@h", "redis://:hunter2%zz@h", "redis://:hunter2%+1@h", "redis://:hunter2%é@h",
        "rediss://:hunter2@h", "unix://relative/r.sock", "unix://:hunter2@relative", "unix:///r?hunter2=1",
        "unix:///r?db=x", "redis://:hunter2@h/99999999999999999999",
    ])
    func `that are not, without a word of the password`(url: String) {
        let error = #expect(throws: RedisURLError.self) { try RedisConfiguration(url: url) }
        #expect(error?.description.contains("hunter2") == false)
        #expect(error?.description.contains("Redis") == true)
    }

    @Test func `a secret is never printed`() {
        let secret = Secret("hunter2")
        let configuration = RedisConfiguration(endpoint: .unix(path: "/r"), password: secret)
        var dumped = ""
        dump(configuration, to: &dumped)
        for text in [
            "\(secret)", String(reflecting: secret), "\(configuration)", String(reflecting: configuration), dumped,
        ] {
            #expect(!text.contains("hunter2"))
        }
        #expect("\(secret)" == "***" && secret == Secret("hunter2") && secret != Secret("other"))
    }
}
