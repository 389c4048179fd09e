"""Settings. Everything that differs between machines comes from the environment, and is checked here."""

from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.urls import reverse_lazy
from whitenoise.compress import Compressor

from tracker import admin_theme, content_policy, openapi_settings
from tracker.environment import choice, contact, count, database, env, flag, licence, mail, no_mail, rate, site_address

BASE_DIR = Path(__file__).resolve().parent.parent

DEBUG = flag("DEBUG", default=False)

SECRET_KEY = env.str("SECRET_KEY", default="") or ("only-for-development-" + "0" * 40 if DEBUG else "")
if len(SECRET_KEY) < 50 or (not DEBUG and SECRET_KEY.startswith("only-for-development")):
    raise ImproperlyConfigured(
        "SECRET_KEY: set at least 50 random characters, for example from "
        "`python -c 'import secrets; print(secrets.token_urlsafe(50))'`, or DEBUG=True to try things out"
    )

ALLOWED_HOSTS = [host.strip() for host in env.list("ALLOWED_HOSTS", default=[]) if host.strip()]
if DEBUG and not ALLOWED_HOSTS:
    ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
if not ALLOWED_HOSTS:
    raise ImproperlyConfigured("ALLOWED_HOSTS: name the hosts that serve the tracker, separated by commas")

DATABASE = database(f"sqlite:///{BASE_DIR / 'tracker.sqlite3'}")
SQLITE = "django.db.backends.sqlite3"
if DATABASE["ENGINE"] == SQLITE:
    # Readers do not block the writer, a writer waits its turn, and a read never turns into a
    # write halfway through a transaction, which SQLite would refuse.
    DATABASE["OPTIONS"] = {
        # Seconds that a writer waits for another; who then still cannot write is told to try again.
        "timeout": 5,
        "transaction_mode": "IMMEDIATE",
        # Pages, of a database that is made anew, of four times the usual size: an import writes a seventh faster.
        # A large publishing, or one during a slow download, leaves a log of twice the database: 64 MiB of it stay.
        "init_command": "PRAGMA page_size=16384; PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; "
        "PRAGMA foreign_keys=ON; PRAGMA journal_size_limit=67108864;",
    }
else:
    # A table of a million pledges is added up in 20 MB, without files; compiling its query takes longer than it saves.
    # What DATABASE_URL says itself follows, and holds in place of these; the others stay.
    # Long work thinks between two statements, and who holds a lock for it says nothing meanwhile: neither is dead.
    options = "-c work_mem=32MB -c jit=off -c idle_in_transaction_session_timeout=0 -c idle_session_timeout=0"
    options += f" -c lock_timeout=5s -c statement_timeout={count('STATEMENT_TIMEOUT')}s"
    own = DATABASE.setdefault("OPTIONS", {}).get("options", "")
    DATABASE["OPTIONS"]["options"] = f"{options} {own}".strip()
# Opening a database, and reading its schema, takes longer than most answers.
DATABASE["CONN_MAX_AGE"] = 60
# A database that was started again is used again at the next request.
DATABASE["CONN_HEALTH_CHECKS"] = True
DATABASES = {"default": DATABASE}

INSTALLED_APPS = [
    "unfold",
    "unfold.contrib.filters",
    "django.contrib.admin",
    # Before those whose commands it adds to: createsuperuser, changepassword, db_worker.
    "tracker",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "axes",
    "corsheaders",
    "csp",
    "django_filters",
    "django_tasks",
    "django_tasks_db",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "knox",
    "rest_framework",
]

MIDDLEWARE = [
    # Before the cache: who asks, and in which coding, changes what is around an answer, not the answer.
    "corsheaders.middleware.CorsMiddleware",
    "tracker.api.protocol.compression.TextCompressionMiddleware",
    # Before all others that follow: what it repeats has the headers of them all, and costs none of them.
    "tracker.api.protocol.cache_middleware.PublicCacheMiddleware",
    "tracker.api.protocol.links.LinkMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
# Ten wrong passwords for one name, from wherever, or from one address, for whichever names, lock that name or address
# for a quarter of an hour: on the admin's login and for tokens together, and counted in the database for all processes.
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = ["username", "ip_address"]
AXES_RESET_ON_SUCCESS = True
AXES_HANDLER = "tracker.curation.attempts.ForgivesOneName"
AXES_ENABLE_ACCESS_FAILURE_LOG = True
# Else whoever goes on guessing would keep the owner of a name out for ever.
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_CLIENT_IP_CALLABLE = "tracker.curation.attempts.client_address"
AXES_LOCKOUT_CALLABLE = "tracker.admin.site.admin_site.locked_out"

AUTH_PASSWORD_VALIDATORS = [
    *(
        {"NAME": f"django.contrib.auth.password_validation.{name}"}
        for name in (
            "UserAttributeSimilarityValidator", "MinimumLengthValidator",
            "CommonPasswordValidator", "NumericPasswordValidator",
        )
    ),
    {"NAME": "tracker.curation.accounts.TokensEndWithPassword"},
]  # fmt: skip

ROOT_URLCONF = "tracker.urls"
WSGI_APPLICATION = "tracker.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            "libraries": {"site": "tracker.web.tags"},
        },
    },
]

LANGUAGE_CODE = "en-gb"
LOCALE_PATHS = [BASE_DIR / "tracker" / "words_of_framework"]
# Each by its own name. The public site speaks them all, under a prefix of its addresses; desk and API speak English.
LANGUAGES = [("en-gb", "English"), ("de", "Deutsch"), ("uk", "Українська")]
TIME_ZONE = "UTC"
USE_TZ = True
FORMAT_MODULE_PATH = None
FIXTURE_DIRS = [BASE_DIR / "fixtures"]

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG
# Every page asks for the names with hashes: the others would be compressed for nobody, which takes as long again.
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
# Maps of sources are for who looks into a library's code: to compress their 13 MB takes a third of `collectstatic`.
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = (*Compressor.SKIP_COMPRESS_EXTENSIONS, "map")

# Long work is done by `manage.py db_worker`, and outlives the request that asks for it; with TASKS=immediate, at once.
TASKS = {
    "default": {
        "BACKEND": "django_tasks_db.DatabaseBackend"
        if choice("TASKS", "worker", "immediate") == "worker"
        else "django_tasks.backends.immediate.ImmediateBackend"
    }
}

LOGIN_URL = reverse_lazy("admin:login")
LOGIN_REDIRECT_URL = reverse_lazy("admin:index")
SENDS_MAIL, SITE_ADDRESS = bool(mail()), site_address()
globals().update(mail() or no_mail(DEBUG))

# Under which licence the published data may be used: said in every file, header and page.
DATA_LICENCE = licence("DATA_LICENCE", "CC BY 4.0 https://creativecommons.org/licenses/by/4.0/")

# Who publishes the register, and where readers reach them: said on the page about it.
PUBLISHER, CONTACT = env.str("PUBLISHER", default="").strip(), contact()

# How many reverse proxies, one's own, stand in front and add to X-Forwarded-For: what stands further
# left in it, anybody can have written.
PROXIES = count("PROXIES")

# Behind HTTPS unless the environment says that there is none, as on one's own machine.
HTTPS = flag("HTTPS", default=True) and not DEBUG
SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "tracker.admin.site.admin_site.not_sent"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# Long forms: a pledge with some hundred items and entries has several thousand fields.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 2**20

CONTENT_SECURITY_POLICY = {"DIRECTIVES": content_policy.STRICT}
ADMIN_CSP = content_policy.ADMIN

# Pages of other sites may read the public side with its headers; the desk and the admin they may not.
CORS_URLS_REGEX = r"^/(?!admin/|api/v1/desk/)"
CORS_ALLOW_ALL_ORIGINS = True
CORS_ALLOW_METHODS = ["GET", "HEAD", "OPTIONS"]
CORS_ALLOW_HEADERS = [
    "accept",
    "accept-language",
    "if-match",
    "if-modified-since",
    "if-none-match",
    "if-range",
    "range",
]
CORS_EXPOSE_HEADERS = [
    "Accept-Ranges", "As-Of", "Content-Disposition", "Content-Length", "Content-Range", "ETag", "Last-Modified", "Link",
    "Resolved", "Retry-After",
]  # fmt: skip

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["tracker.api.protocol.authentication.TokenAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
    "DEFAULT_RENDERER_CLASSES": ["tracker.api.protocol.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["tracker.api.protocol.renderers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "tracker.api.schema.base.Schema",
    "DEFAULT_THROTTLE_CLASSES": [
        "tracker.api.protocol.throttling.AnonRateThrottle",
        "tracker.api.protocol.throttling.UserRateThrottle",
    ],
    "DEFAULT_THROTTLE_RATES": {
        "anon": rate("THROTTLE_ANONYMOUS", "600/minute"),
        "user": rate("THROTTLE_STAFF", "1200/minute"),
        "token": rate("THROTTLE_TOKEN", "10/minute"),
    },
    "EXCEPTION_HANDLER": "tracker.api.protocol.errors.handle",
    # `format` is a parameter like any other: an unknown one is refused with what is allowed.
    "URL_FORMAT_OVERRIDE": None,
    # As Django itself calls it: some bodies have a field `record`.
    "NON_FIELD_ERRORS_KEY": "__all__",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
REST_KNOX = {"AUTO_REFRESH": False, "TOKEN_LIMIT_PER_USER": 20}

SPECTACULAR_SETTINGS = openapi_settings.spectacular(DATA_LICENCE, SITE_ADDRESS)

UNFOLD = admin_theme.UNFOLD

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
