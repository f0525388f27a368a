/// Somebody on a list: what an unsubscribe link ends.
package struct Subscription: Sendable, Equatable {
    package let address: String
    package let list: String

    package init(address: String, list: String) {
        self.address = address
        self.list = list
    }
}
