/// What a web tier does.
extension Operation {
    static let producers: [Operation] = [
        Operation(weight: 12) { try await $0.enqueuePlain() },
        Operation(weight: 5) { try await $0.enqueueEntry(named: $0.pick(["one", "two", "a:b {c}\n"])) },
        Operation(weight: 5) { try await $0.enqueueLater() },
        Operation(weight: 3) { try await $0.enqueueTracked() },
        Operation(weight: 4) { try await $0.enqueueOnce() },
        Operation(weight: 1) { try await $0.closeWindow() },
        Operation(weight: 3) { try await $0.enqueueMalformed() },
        Operation(weight: 2) { try await $0.enqueueTwins() },
        Operation(weight: 10) { try await $0.enqueueLimited() },
        Operation(weight: 2) { try await $0.spoilState() },
    ]
}
