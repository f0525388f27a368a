import FoundationEssentials
import PayloadSchemas
import TestSupport

/// The Python library jsonschema, which knows all of the draft.
enum Validator {
    struct Question {
        let schema: PayloadSchema
        let values: [[UInt8]]

        init(_ schema: PayloadSchema, _ values: [[UInt8]]) { (self.schema, self.values) = (schema, values) }
    }

    private static let script = """
        import json, sys
        from jsonschema import Draft202012Validator
        for line in sys.stdin:
            question = json.loads(line)
            schema = json.loads(question["schema"])
            Draft202012Validator.check_schema(schema)
            validator = Draft202012Validator(schema)
            print(json.dumps([validator.is_valid(json.loads(value)) for value in question["values"]]))
        """

    private struct Line: Encodable {
        let schema: String
        let values: [String]
    }

    /// - Returns: for each question, which of its values are good.
    static func ask(_ questions: [Question]) async throws -> [[Bool]] {
        let lines = try questions.map { question in
            let line = Line(
                schema: question.schema.json(title: "t"),
                values: question.values.map { String(decoding: $0, as: UTF8.self) })
            return String(decoding: try JSONEncoder().encode(line), as: UTF8.self)
        }
        let output = try await Tool(Checkout.python).run(
            "-c", script, input: Array(lines.joined(separator: "\n").utf8))
        return try output.split(separator: UInt8(ascii: "\n")).map {
            try JSONDecoder().decode([Bool].self, from: Data($0))
        }
    }
}
