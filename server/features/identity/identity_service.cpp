#include "identity/identity_service.hpp"

namespace fitview::identity {
namespace {

constexpr int change_attempts = 5;

Failure bad_credentials() {
    return Failure(FailureCode::bad_credentials, "The address or the password is wrong.");
}

void add_password_problems(const std::string& password, std::string_view local_part, const std::string& pointer,
                           std::vector<Problem>& problems) {
    for (std::string& fault : password_faults(password, local_part))
        problems.push_back(at_pointer(pointer, std::move(fault)));
}

}  // namespace

void RegisterRequest::check_together(const std::optional<Email>& email, const std::optional<NewPassword>& password,
                                     const std::optional<PersonName>&, const std::optional<std::optional<Phone>>&,
                                     const std::optional<std::optional<OpenRole>>&,
                                     const std::optional<std::optional<Measurements>>&, const std::string& pointer,
                                     std::vector<Problem>& problems) {
    if (password)
        add_password_problems(password->reveal(), email ? email->local_part() : "", pointer + "/password", problems);
}

UserView view_of(const User& user) {
    return {.id = user.id,
            .email = user.email,
            .name = user.name,
            .phone = user.phone,
            .role = user.role,
            .measurements = user.measurements,
            .gstin = user.gstin,
            .state = user.state,
            .created_at = user.created_at,
            .updated_at = user.updated_at};
}

Service::Service(UserStore& users, SessionStore& sessions, storage::UnitOfWork& unit_of_work,
                 const PasswordHasher& hasher, const TokenSigner& signer, TokenLifetimes lifetimes, const Clock& clock,
                 IdSource& ids)
    : users_(users),
      sessions_(sessions),
      unit_of_work_(unit_of_work),
      hasher_(hasher),
      signer_(signer),
      lifetimes_(lifetimes),
      clock_(clock),
      ids_(ids) {}

SignedIn Service::register_user(const RegisterRequest& request) {
    const Failure taken(FailureCode::email_taken, "There is already an account with this address.",
                        {at_pointer("/email", "is already in use")});
    if (users_.find_by_email(request.email)) throw taken;  // saves the hashing; the store decides
    const User user = user_of(request);
    if (!users_.add(user)) throw taken;
    return sign_in(user);
}

User Service::user_of(const RegisterRequest& request) {
    const Timestamp now = clock_.now();
    return {.id = ids_.make<UserId>(),
            .email = request.email,
            .hashed_password = hasher_.hash(request.password.reveal()),
            .name = request.name,
            .phone = request.phone,
            .role = request.role == OpenRole::retailer ? Role::retailer : Role::customer,
            .measurements = request.measurements,
            .gstin = {},
            .state = {},
            .created_at = now,
            .updated_at = now};
}

SignedIn Service::login(const LoginRequest& request) {
    const auto email = Email::check(request.email.str());
    std::optional<User> user = email ? users_.find_by_email(*email) : std::nullopt;
    const bool right = hasher_.verify(request.password.reveal(), user ? user->hashed_password : hasher_.dummy());
    if (!user || !right) throw bad_credentials();
    if (hasher_.is_outdated(user->hashed_password)) {
        User upgraded = *user;
        upgraded.hashed_password = hasher_.hash(request.password.reveal());
        upgraded.updated_at = std::max(clock_.now(), user->updated_at + Milliseconds(1));
        if (users_.replace(upgraded, user->updated_at)) user = upgraded;  // losing this race costs nothing: next time
    }
    return sign_in(*user);
}

SignedIn Service::sign_in(const User& user) {
    const Timestamp now = clock_.now();
    const Session session{.id = ids_.make<SessionId>(),
                          .user_id = user.id,
                          .refresh_id = random_token(16),
                          .created_at = now,
                          .expires_at = now + lifetimes_.refresh,
                          .revoked_at = {}};
    sessions_.add(session);
    return answer(user, session);
}

SignedIn Service::answer(const User& user, const Session& session) const {
    const std::int64_t now = clock_.now().seconds();
    const std::int64_t access_seconds = std::chrono::duration_cast<std::chrono::seconds>(lifetimes_.access).count();
    Claims claims{.sub = user.id,
                  .role = user.role,
                  .sid = session.id,
                  .jti = random_token(16),
                  .iat = now,
                  .exp = now + access_seconds,
                  .type = TokenType::access};
    SignedIn signed_in{
        .user = view_of(user), .access_token = signer_.sign(claims), .refresh_token = {}, .expires_in = access_seconds};
    claims.jti = session.refresh_id;
    claims.exp = session.expires_at.seconds();
    claims.type = TokenType::refresh;
    signed_in.refresh_token = signer_.sign(claims);
    return signed_in;
}

SignedIn Service::refresh(const std::string& refresh_token) {
    const Failure refused(FailureCode::unauthenticated, "This refresh token is not valid.");
    const auto verified = signer_.verify(refresh_token);
    if (const auto* fault = std::get_if<TokenFault>(&verified)) {
        if (*fault == TokenFault::expired) throw Failure(FailureCode::token_expired, "This refresh token has expired.");
        throw refused;
    }
    const auto& claims = std::get<Claims>(verified);
    if (claims.type != TokenType::refresh) throw refused;
    auto session = sessions_.find(claims.sid);
    if (!session || session->user_id != claims.sub) throw refused;
    const auto user = users_.find(claims.sub);
    if (!user) throw refused;
    if (session->revoked_at && session->refresh_id == claims.jti) throw refused;  // ended by logout or a new password

    const Timestamp now = clock_.now();
    const std::string spent = claims.jti;
    session->refresh_id = random_token(16);
    session->expires_at = now + lifetimes_.refresh;
    if (!sessions_.rotate(session->id, spent, session->refresh_id, session->expires_at)) {
        // Somebody used it before: the owner or a thief. Nobody can tell which, so the whole family ends.
        sessions_.revoke(session->id, now);
        throw Failure(FailureCode::token_reused, "This refresh token was used before; please sign in again.");
    }
    return answer(*user, *session);
}

void Service::logout(const SessionId& session) {
    sessions_.revoke(session, clock_.now());
}

UserView Service::profile(const UserId& user) {
    const auto found = users_.find(user);
    if (!found) throw Failure(FailureCode::unauthenticated, "This account no longer exists.");
    return view_of(*found);
}

std::optional<Measurements> Service::measurements_of(const UserId& user) {
    const auto found = users_.find(user);
    return found ? found->measurements : std::nullopt;
}

std::string Service::new_password_hash(const User& stored, const ProfileChange& change,
                                       const std::function<void(const Email&)>& before_password_check) const {
    before_password_check(stored.email);
    if (!change.current_password) throw invalid_input("/current_password", "is required to set a new password");
    if (!hasher_.verify(change.current_password->reveal(), stored.hashed_password)) {
        throw invalid_input("/current_password", "is not the current password");
    }
    return hasher_.hash(change.password->reveal());
}

UserView Service::change_profile(const UserId& user, const SessionId& session, const ProfileChange& change,
                                 const std::function<void(const Email&)>& before_password_check) {
    std::optional<std::string> password_hash;
    for (int attempt = 0; attempt < change_attempts; ++attempt) {
        const auto stored = users_.find(user);
        if (!stored) throw Failure(FailureCode::unauthenticated, "This account no longer exists.");

        std::vector<Problem> problems;
        if (change.password) {
            add_password_problems(change.password->reveal(), stored->email.local_part(), "/password", problems);
        } else if (change.current_password) {
            problems.push_back(at_pointer("/password", "is required together with current_password"));
        }
        const bool shop = stored->role != Role::customer;
        if (change.gstin && !shop) problems.push_back(at_pointer("/gstin", "is for shops only"));
        if (change.state && !shop) problems.push_back(at_pointer("/state", "is for shops only"));
        if (!problems.empty())
            throw Failure(FailureCode::invalid_input, "The input is not acceptable.", std::move(problems));
        if (change.password && !password_hash)
            password_hash = new_password_hash(*stored, change, before_password_check);

        User changed = *stored;
        if (change.name) changed.name = *change.name;
        if (change.phone) changed.phone = *change.phone;
        if (change.measurements) changed.measurements = *change.measurements;
        if (change.gstin) changed.gstin = *change.gstin;
        if (change.state) changed.state = *change.state;
        if (password_hash) changed.hashed_password = *password_hash;
        changed.updated_at = std::max(clock_.now(), stored->updated_at + Milliseconds(1));

        bool kept = false;
        unit_of_work_.run(storage::Durability::durable, [&] {
            kept = users_.replace(changed, stored->updated_at);
            if (kept && password_hash) sessions_.revoke_all(user, session, clock_.now());
        });
        if (kept) return view_of(changed);
    }
    throw Failure(FailureCode::conflict,
                  "The profile was changed by somebody else at the same time; please try again.");
}

UserView Service::make_admin(const Email& email, const PersonName& name, const std::string& password) {
    std::vector<Problem> problems;
    add_password_problems(password, email.local_part(), "/password", problems);
    if (!problems.empty())
        throw Failure(FailureCode::invalid_input, "The password is not acceptable.", std::move(problems));
    const std::string hash = hasher_.hash(password);
    for (int attempt = 0; attempt < change_attempts; ++attempt) {
        const Timestamp now = clock_.now();
        if (const auto stored = users_.find_by_email(email)) {
            User changed = *stored;
            changed.role = Role::admin;
            changed.hashed_password = hash;
            changed.updated_at = std::max(now, stored->updated_at + Milliseconds(1));
            if (!users_.replace(changed, stored->updated_at)) continue;
            sessions_.revoke_all(changed.id, std::nullopt, now);
            return view_of(changed);
        }
        const User admin{.id = ids_.make<UserId>(),
                         .email = email,
                         .hashed_password = hash,
                         .name = name,
                         .phone = {},
                         .role = Role::admin,
                         .measurements = {},
                         .gstin = {},
                         .state = {},
                         .created_at = now,
                         .updated_at = now};
        if (users_.add(admin)) return view_of(admin);
    }
    throw Failure(FailureCode::conflict,
                  "The account was changed by somebody else at the same time; please try again.");
}

UserView Service::ensure_account(const RegisterRequest& request, const std::optional<Gstin>& gstin,
                                 const std::optional<Text<1, 60>>& state, bool& made) {
    made = false;
    if (const auto stored = users_.find_by_email(request.email)) return view_of(*stored);
    User user = user_of(request);
    user.gstin = gstin;
    user.state = state;
    made = users_.add(user);
    return view_of(*users_.find_by_email(request.email));
}

std::variant<http::Identity, FailureCode> TokenAuthenticator::authenticate(std::string_view token) {
    const auto verified = signer_.verify(token);
    if (const auto* fault = std::get_if<TokenFault>(&verified)) {
        return *fault == TokenFault::expired ? FailureCode::token_expired : FailureCode::unauthenticated;
    }
    const auto& claims = std::get<Claims>(verified);
    if (claims.type != TokenType::access) return FailureCode::unauthenticated;
    const auto session = sessions_.find(claims.sid);
    if (!session || session->revoked_at || session->user_id != claims.sub) return FailureCode::unauthenticated;
    return http::Identity{.user_id = claims.sub, .role = claims.role, .session_id = claims.sid.str()};
}

}  // namespace fitview::identity
