import Domains
import FoundationEssentials
import JobTesting
import Jobs
import TestSupport
import Testing

@Suite("The schemas of all job types")
struct PayloadSchemaTests {
    @Test(arguments: AllTypes.names) func `say what the payload is, and of each field what it is for`(name: String)
        throws
    {
        let job = try AllTypes.job(name)
        #expect(!job.payloadSchema.summary.isEmpty && job.payloadSchema.summary.count <= 120)
        guard case .object(let rules) = job.payloadSchema.kind, !name.hasPrefix("diagnostics.") else { return }
        for property in rules.properties { #expect(property.schema.description != nil, "\(property.name)") }
    }

    @Test func `take the samples of the domains`() throws {
        for sample in jobDomains.flatMap({ $0.samples }) {
            let told = try AllTypes.job(sample.type.name).payloadSchema.violations(in: Array(sample.args.utf8))
            #expect(told.isEmpty, "\(sample.type): \(told)")
        }
    }

    /// What producers are told is right must never be a dead letter for its form. Known exceptions, which no schema can say: a
    /// number as a quiz's answer that is nearer to zero than 1e-100, and whole numbers beyond 2^53 that are written with a
    /// fraction or an exponent.
    @Test(arguments: AllTypes.names) func `take nothing that the type cannot decode`(name: String) throws {
        let job = try AllTypes.job(name)
        for args in PayloadSamples(of: job.payloadSchema, seed: 3).prefix(150) {
            let text = String(decoding: args, as: UTF8.self)
            let told = job.payloadSchema.violations(in: args)
            #expect(told.isEmpty, "\(text): \(told)")
            #expect(throws: Never.self, "\(text)") { try job.validate(args[...]) }
        }
    }

    /// Each field in turn is something else. What then cannot be decoded is refused, at that field.
    ///
    /// There is no exception among the types of today. What only the handler refuses is in the tables of ``WrongPayloadTests``.
    @Test(arguments: AllTypes.names) func `refuse what the type cannot decode, and name the field`(name: String) throws
    {
        let job = try AllTypes.job(name)
        var refused = 0
        for args in PayloadSamples(of: job.payloadSchema, seed: 4).prefix(30) {
            let fields = try JSONDecoder().decode([String: AnyValue].self, from: Data(args))
            for field in fields.keys.sorted() {
                for other in AnyValue.others {
                    let spoiled = fields.merging([field: other]) { $1 }
                    let bytes = Array(try JSONEncoder().encode(spoiled))
                    guard (try? job.validate(bytes[...])) == nil else { continue }
                    refused += 1
                    let told = job.payloadSchema.violations(in: bytes)
                    #expect(
                        told.contains { $0.pointer.hasPrefix("/\(field)") },
                        "\(String(decoding: bytes, as: UTF8.self)): \(told)")
                }
            }
        }
        #expect(refused > 20)
    }

    @Test(arguments: AllTypes.names) func `refuse what lacks a required field`(name: String) throws {
        let job = try AllTypes.job(name)
        guard case .object(let rules) = job.payloadSchema.kind else { throw TestFailure("no object") }
        for property in rules.properties where property.isRequired {
            for args in PayloadSamples(of: job.payloadSchema, seed: 5).prefix(10) {
                var fields = try JSONDecoder().decode([String: AnyValue].self, from: Data(args))
                fields[property.name] = nil
                let told = job.payloadSchema.violations(in: Array(try JSONEncoder().encode(fields)))
                #expect(told.map(\.description) == ["/\(property.name): is missing"])
            }
        }
    }
}

/// A value of JSON.
private indirect enum AnyValue: Codable, Sendable {
    case null
    case bool(Bool)
    case integer(Int)
    case number(Double)
    case text(String)
    case array([AnyValue])
    case object([String: AnyValue])

    static let others: [AnyValue] = [
        .null, .bool(true), .number(1.5), .text("\u{1}"), .array([.null]), .object(["a": .object(["b": .null])]),
    ]

    init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        if value.decodeNil() {
            self = .null
        } else if let bool = try? value.decode(Bool.self) {
            self = .bool(bool)
        } else if let integer = try? value.decode(Int.self) {
            self = .integer(integer)
        } else if let number = try? value.decode(Double.self) {
            self = .number(number)
        } else if let text = try? value.decode(String.self) {
            self = .text(text)
        } else if let array = try? value.decode([AnyValue].self) {
            self = .array(array)
        } else {
            self = .object(try value.decode([String: AnyValue].self))
        }
    }

    func encode(to encoder: any Encoder) throws {
        var value = encoder.singleValueContainer()
        switch self {
        case .null: try value.encodeNil()
        case .bool(let bool): try value.encode(bool)
        case .integer(let integer): try value.encode(integer)
        case .number(let number): try value.encode(number)
        case .text(let text): try value.encode(text)
        case .array(let array): try value.encode(array)
        case .object(let object): try value.encode(object)
        }
    }
}
