import FoundationEssentials

/// A quiz that is wrong somewhere, as far as it can be read.
struct QuizOutline: Decodable {
    struct Section: Decodable {
        let questions: [Result<Question, InvalidDocument>]

        private enum CodingKeys: CodingKey { case questions }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            var list = try container.nestedUnkeyedContainer(forKey: .questions)
            var questions: [Result<Question, InvalidDocument>] = []
            while !list.isAtEnd {
                // Takes the element, so that one that cannot be read does not stop the others.
                let element = try list.superDecoder()
                do {
                    questions.append(.success(try Question(from: element)))
                } catch let error as DecodingError {
                    questions.append(.failure(InvalidDocument(error)))
                }
            }
            self.questions = questions
        }
    }

    let sections: [Section]

    init(json: [UInt8]) throws { self = try JSONDecoder().decode(Self.self, from: Data(json)) }

    private enum CodingKeys: CodingKey { case sections }

    init(from decoder: any Decoder) throws {
        sections = try decoder.container(keyedBy: CodingKeys.self).decode([Section].self, forKey: .sections)
    }
}
