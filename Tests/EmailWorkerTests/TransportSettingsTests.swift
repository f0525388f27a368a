import Foundation
import Jobs
import Testing

@testable import EmailWorker

extension TransportSettings {
    static func decoded(_ json: String) throws -> TransportSettings {
        try JSONDecoder().decode(TransportSettings.self, from: Data(json.utf8))
    }
}

@Suite("Transports in the configuration", .timeLimit(.minutes(1)))
struct TransportSettingsTests {
    private let surroundings = Surroundings(
        environment: [:], dataFolder: "/nowhere", configurationFolder: "/nowhere")

    private func settings(_ json: String) throws -> EmailSettings {
        try JSONDecoder().decode(EmailSettings.self, from: Data(json.utf8))
    }

    @Test
    func `a list of transports is taken, and SMTP_URL wins over it`() throws {
        let settings = try settings(
            #"""
            {"transports":[{"name":"own","url":"smtp://localhost:25","connections":2,"mailsPerConnection":5},
             {"name":"disk","url":"file:mail"}],"transportOrder":"round-robin"}
            """#)
        #expect(try settings.route(surroundings).isRemote)
        let set = Surroundings(
            environment: ["SMTP_URL": "smtp://set.example"], dataFolder: "/nowhere", configurationFolder: "/nowhere")
        #expect(try settings.route(set).names == ["smtp:set.example"])
        #expect(try settings.route(surroundings).names == ["own", "disk"])
    }

    @Test(arguments: [
        (#"{"transports":[{"name":"a","url":"smtp://h"},{"name":"a","url":"smtp://h"}]}"#, "transports: two of them"),
        (
            #"{"transports":[{"name":"a","url":"smtp://h","connections":65}]}"#,
            "transports.a.connections: it is a number"
        ),
        (#"{"transports":[{"name":"a","url":"smtp://h","mailsPerConnection":0}]}"#, "transports.a.mailsPerConnection"),
        (#"{"transports":[{"name":"a","url":"smtp://u@h"}]}"#, "transports.a.url: it has a user but no password"),
        (
            #"{"transports":[{"name":"a","url":"smtp://u@h","passwordFile":"no"}]}"#,
            "transports.a.passwordFile: the file"
        ),
        (#"{"transports":[{"name":"a","url":"smtp://u:p@h","auth":"cram"}]}"#, "transports.a.auth: it is 'plain'"),
        (#"{"transports":[{"name":"a","url":"smtp://h","tls":"perhaps"}]}"#, "transports.a.tls: it is 'required'"),
        (#"{"transports":[{"name":"a","url":"ftp://h"}]}"#, "transports.a.url: it is no address"),
        (#"{"transports":[],"smtpURL":"smtp://h"}"#, "smtpURL: there are 'transports'"),
        (#"{"transportOrder":"random"}"#, "transportOrder: it is 'failover'"),
        (#"{"smtpURL":"smtp://h","connections":0}"#, "connections: it is a number from 1 to 64."),
        (#"{"smtpURL":"smtp://h","returnPath":"a+b@h"}"#, "returnPath: 'a+b@h' is no return path; write it as"),
        (#"{"transports":[{"name":"a","url":"file:x","returnPath":"b@h"}]}"#, "transports.a.returnPath: only an SMTP"),
        (#"{"transports":[{"name":"a","url":"file:x","warmUp":{}}]}"#, "transports.a.warmUp: a folder takes"),
        (#"{"smtpURL":"smtp://h","warmUp":{"first":0}}"#, "warmUp: 'first' is a number from 1"),
        (#"{"smtpURL":"smtp://h","warmUp":{"first":50,"until":50}}"#, "warmUp: 'first' is a number from 1"),
    ])
    func `a mistake is told with its place`(json: String, message: String) throws {
        let settings = try settings(json)
        let error = #expect(throws: InvalidSettings.self) { try settings.route(surroundings) }
        #expect(error?.description.hasPrefix("workers.email.\(message)") == true, "\(String(describing: error))")
    }

    @Test(arguments: [
        #"{"transports":[{"name":"a","url":"smtp://h","ulr":"x"}]}"#, #"{"transports":[{"url":"smtp://h"}]}"#,
        #"{"domains":{"a.example":{}}}"#, #"{"domains":{"a.example":{"concurrency":0}}}"#,
        #"{"domains":{"a.example":{"rate":"often"}}}"#, #"{"domains":{"a.example":{"rate":"5/1m","brust":2}}}"#,
        #"{"domains":{"a.example":{"rate":"5/1m","burst":0}}}"#,
    ])
    func `what a list cannot have is refused`(json: String) {
        #expect(throws: DecodingError.self) { try settings(json) }
    }

    @Test(arguments: [
        (
            #"{"transports":[{"name":"a","url":"smtp://h","ulr":"x"}]}"#, ["transports", "Index 0", "ulr"],
            "a transport"
        ),
        (#"{"unsubscribe":{"url":"https://h","keyfile":"k"}}"#, ["unsubscribe", "keyfile"], "'unsubscribe'"),
        (
            #"{"dkim":{"h.example":[{"selector":"s","file":"k"}]}}"#, ["dkim", "h.example", "Index 0", "file"],
            "a key of"
        ),
        (#"{"warmUp":{"firts":5}}"#, ["warmUp", "firts"], "'warmUp'"),
        (#"{"domains":{"h.example":{"concurency":5}}}"#, ["domains", "h.example", "concurency"], "a domain"),
    ])
    func `a name that is not known is refused at its place`(json: String, place: [String], owner: String) throws {
        let error = #expect(throws: DecodingError.self) { try settings(json) }
        guard case .dataCorrupted(let context)? = error else { throw CocoaError(.coderInvalidValue) }
        #expect(context.codingPath.map(\.stringValue) == place)
        #expect(context.debugDescription.hasPrefix("\(owner)"))
        #expect(context.debugDescription.contains(" has no such setting; it has "))
    }

    @Test(arguments: [
        ("{}", Duration.seconds(180 * 86_400)), (#"{"suppressHardBouncesFor":"30d"}"#, .seconds(30 * 86_400)),
        (#"{"suppressHardBouncesFor":"forever"}"#, nil),
    ])
    func `an address that does not exist is suppressed for a time that can be set`(json: String, time: Duration?) throws
    {
        #expect(try settings(json).hardBounceExpiry() == time)
        #expect(throws: InvalidSettings.self) { try settings(#"{"suppressHardBouncesFor":"1s"}"#).hardBounceExpiry() }
    }

    @Test
    func `each domain of a mail's recipients has its limit`() throws {
        let settings = try settings(
            #"{"domains":{"Gmail.com":{"concurrency":10,"rate":"100/1m"},"*":{"concurrency":2}}}"#)
        let limits = try #require(DomainLimits(settings.domains))
        #expect(
            limits.limits(for: ["Ada <ada@GMAIL.com>", "b@gmail.com", "c@school.example", "nonsense"]) == [
                Limit("email:gmail.com", concurrency: 10, rate: Rate(100, per: .seconds(60))),
                Limit("email:school.example", concurrency: 2),
            ])
        #expect(DomainLimits([:]) == nil && DomainLimits(nil) == nil)
    }
}
