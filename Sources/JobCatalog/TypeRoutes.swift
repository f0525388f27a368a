package import HTTPServer

/// What may be enqueued: `/v1/types`.
package struct TypeRoutes {
    private let all: [UInt8]
    private let one: [String: [UInt8]]

    /// The answers are the same as long as the process lives.
    package init(_ descriptions: [JobDescription]) {
        all = Array(JobDescription.json(descriptions).utf8)
        one = Dictionary(uniqueKeysWithValues: descriptions.map { ($0.type.name, Array($0.json.utf8)) })
    }

    package var routes: [Route] {
        [
            Route(
                .get, "/v1/types", role: .producer, "the job types, their payloads as JSON Schema",
                .immediate { [all] _ in .json(.ok, all) }),
            Route(
                .get, "/v1/types/{type}", role: .producer, "one of them",
                .immediate { [one] request in
                    one[request.parameters["type"]].map { .json(.ok, $0) }
                        ?? .problem(.notFound, "There is no such job type.")
                }),
        ]
    }
}
