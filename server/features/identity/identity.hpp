#pragma once
// Users and sessions. Each type is declared once; JSON, OpenAPI and columns follow from it.
#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <optional>
#include <string>

#include "base/id.hpp"
#include "base/list.hpp"
#include "base/nullable.hpp"
#include "base/number.hpp"
#include "base/text.hpp"
#include "base/time.hpp"
#include "http/authenticator.hpp"
#include "identity/contact.hpp"
#include "identity/password.hpp"

namespace fitview::identity {

using http::Role;

/// A retailer or an admin who wants to change something of a shop.
struct Editor {
    UserId id;
    bool is_admin = false;
};

/// What one may register as; admins are made by the program's `create-admin`.
enum class OpenRole { customer, retailer };
BOOST_DESCRIBE_ENUM(OpenRole, customer, retailer)

/// Body measures in centimetres by name: bust, waist, hip, height_cm, …
using Measurements = Map<MeasureName, Number<20, 300>, 30>;

/// A user as it is stored. `email` is in lower case: addresses compare without letter case.
struct User {
    UserId id;
    Email email;
    std::string hashed_password;
    PersonName name;
    std::optional<Phone> phone;
    Role role = Role::customer;
    std::optional<Measurements> measurements;
    std::optional<Gstin> gstin;
    std::optional<Text<1, 60>> state;
    Timestamp created_at;
    Timestamp updated_at;
};
BOOST_DESCRIBE_STRUCT(User, (),
                      (id, email, hashed_password, name, phone, role, measurements, gstin, state, created_at,
                       updated_at))

/// A user as the wire shows it.
struct UserView {
    UserId id;
    Email email;
    PersonName name;
    Nullable<Phone> phone;
    Role role = Role::customer;
    Nullable<Measurements> measurements;
    std::optional<Gstin> gstin;
    std::optional<Text<1, 60>> state;
    Timestamp created_at;
    Timestamp updated_at;

    static constexpr std::string_view schema_name = "User";
};
BOOST_DESCRIBE_STRUCT(UserView, (), (id, email, name, phone, role, measurements, gstin, state, created_at, updated_at))

UserView view_of(const User& user);

/// One sign-in: the family of tokens that descend from it. `refresh_id` names the one refresh token that is not spent.
struct Session {
    SessionId id;
    UserId user_id;
    std::string refresh_id;
    Timestamp created_at;
    Timestamp expires_at;
    std::optional<Timestamp> revoked_at;
};
BOOST_DESCRIBE_STRUCT(Session, (), (id, user_id, refresh_id, created_at, expires_at, revoked_at))

/// Body of POST /auth/register.
struct RegisterRequest {
    Email email;
    NewPassword password;
    PersonName name;
    std::optional<Phone> phone;
    std::optional<OpenRole> role;
    std::optional<Measurements> measurements;

    /// The password's rules look at the address too, so both are checked here, all faults at once.
    static void check_together(const std::optional<Email>& email, const std::optional<NewPassword>& password,
                               const std::optional<PersonName>&, const std::optional<std::optional<Phone>>&,
                               const std::optional<std::optional<OpenRole>>&,
                               const std::optional<std::optional<Measurements>>&, const std::string& pointer,
                               std::vector<Problem>& problems);
};
BOOST_DESCRIBE_STRUCT(RegisterRequest, (), (email, password, name, phone, role, measurements))

/// Body of POST /auth/login. Nothing is said about rules here: a wrong password is wrong, not too short.
struct LoginRequest {
    LoginName email;
    GivenPassword password;
};
BOOST_DESCRIBE_STRUCT(LoginRequest, (), (email, password))

/// Body of POST /auth/refresh.
struct RefreshRequest {
    Text<1, 4096> refresh_token;
};
BOOST_DESCRIBE_STRUCT(RefreshRequest, (), (refresh_token))

/// Body of PATCH /auth/me. Left out: stays; null: cleared.
struct ProfileChange {
    std::optional<PersonName> name;
    std::optional<Nullable<Phone>> phone;
    std::optional<Nullable<Measurements>> measurements;
    std::optional<NewPassword> password;
    std::optional<GivenPassword> current_password;
    std::optional<Nullable<Gstin>> gstin;
    std::optional<Nullable<Text<1, 60>>> state;
};
BOOST_DESCRIBE_STRUCT(ProfileChange, (), (name, phone, measurements, password, current_password, gstin, state))

/// Answer of register, login and refresh.
struct SignedIn {
    UserView user;
    std::string access_token;
    std::string refresh_token;
    std::string token_type = "bearer";
    std::int64_t expires_in = 0;  ///< seconds until the access token expires
};
BOOST_DESCRIBE_STRUCT(SignedIn, (), (user, access_token, refresh_token, token_type, expires_in))

}  // namespace fitview::identity
