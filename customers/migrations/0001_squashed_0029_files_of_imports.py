import customers.models.email
import customers.models.privacy_request
import datetime
import django.db.models.deletion
import django.db.models.functions.comparison
import django.utils.timezone
import django_countries.fields
import phonenumber_field.modelfields
from django.conf import settings
from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations, models

from shopadmin.models.new_models import CreateModels

SEARCH = 'CREATE INDEX customers_customer_search ON customers_customer USING gin (search_text gin_trgm_ops)'


def make_search_index(apps, schema_editor) -> None:
    """SQLite's is made after each `migrate`."""
    if schema_editor.connection.vendor == 'postgresql':
        schema_editor.execute(SEARCH)


class Migration(migrations.Migration):
    """The tables of a new shop, made at once. An older shop goes on through the migrations that are named here."""

    replaces = [
        ('customers', '0001_initial'),
        ('customers', '0002_at_a_million'),
        ('customers', '0003_search_index'),
        ('customers', '0004_bulk_skips'),
        ('customers', '0005_duplicates'),
        ('customers', '0006_indexes_of_lists'),
        ('customers', '0007_shut_doors_by_name'),
        ('customers', '0008_by_name_of_shoppers'),
        ('customers', '0009_indexes_that_carry_facts'),
        ('customers', '0010_merged_emails'),
        ('customers', '0011_erased_during_import'),
        ('customers', '0012_erased_privacy_requests'),
        ('customers', '0013_import_warnings'),
        ('customers', '0014_history_of_tags_by_name'),
        ('customers', '0015_separator_of_exports'),
        ('customers', '0016_reword'),
        ('customers', '0017_unwritten_erasures'),
        ('customers', '0018_privacy_request_kinds'),
        ('customers', '0019_files_noted_with_another_key'),
        ('customers', '0020_restricted_customers'),
        ('customers', '0021_staff_invitations'),
        ('customers', '0022_invoice_email'),
        ('customers', '0023_bulk_jobs'),
        ('customers', '0024_staff_index'),
        ('customers', '0025_saved_views_of_orders'),
        ('customers', '0026_rows_of_imports'),
        ('customers', '0027_people_in_files'),
        ('customers', '0028_oldest_unseen_change'),
        ('customers', '0029_files_of_imports'),
    ]

    initial = True

    # What the replaced ones need, and nothing later: a shop may have all of them, and lack later ones of another app.
    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        CreateModels([
            migrations.CreateModel(
                name='Address',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('country', django_countries.fields.CountryField(blank=True, max_length=2, verbose_name='country')),
                    ('attention', models.CharField(blank=True, max_length=100, verbose_name='attention')),
                    ('street', models.CharField(blank=True, max_length=120, verbose_name='address line 1 (street)')),
                    ('house_number', models.CharField(blank=True, max_length=20, verbose_name='house number')),
                    ('addition', models.CharField(blank=True, max_length=40, verbose_name='addition')),
                    ('line2', models.CharField(blank=True, max_length=120, verbose_name='address line 2')),
                    ('postcode', models.CharField(blank=True, max_length=20, verbose_name='postcode')),
                    ('city', models.CharField(blank=True, max_length=100, verbose_name='city')),
                    ('region', models.CharField(blank=True, max_length=100, verbose_name='region')),
                    ('kind', models.CharField(choices=[('billing', 'Billing address'), ('shipping', 'Shipping address')], max_length=10, verbose_name='kind')),
                    ('customer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='addresses', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'verbose_name': 'address',
                    'verbose_name_plural': 'addresses',
                    'indexes': [models.Index(condition=models.Q(('kind', 'billing')), fields=['postcode'], name='address_by_postcode')],
                    'constraints': [models.UniqueConstraint(fields=('customer', 'kind'), name='one_address_of_a_kind')],
                },
            ),
            migrations.CreateModel(
                name='BulkAction',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('state', models.CharField(choices=[('waiting', 'Queued'), ('running', 'Running'), ('done', 'Done'), ('stopped', 'Stopped'), ('failed', 'Failed')], default='waiting', max_length=10, verbose_name='status')),
                    ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='requested')),
                    ('finished_at', models.DateTimeField(blank=True, null=True, verbose_name='finished')),
                    ('total', models.PositiveBigIntegerField(blank=True, null=True, verbose_name='rows')),
                    ('done', models.PositiveBigIntegerField(default=0, verbose_name='done')),
                    ('stop_wanted', models.BooleanField(default=False)),
                    ('error', models.TextField(blank=True, verbose_name='error message')),
                    ('kind', models.CharField(choices=[('approve', 'Approve'), ('password', 'Send password'), ('tag', 'Add tag'), ('untag', 'Remove tag'), ('export', 'Export'), ('erase', 'Erase')], max_length=10, verbose_name='kind')),
                    ('query', models.CharField(blank=True, max_length=1000, verbose_name='view')),
                    ('picked', models.JSONField(blank=True, help_text='Numbers of the selected rows. Empty for all rows in the view.', null=True)),
                    ('last_id', models.BigIntegerField(default=0)),
                    ('file', models.CharField(blank=True, max_length=200)),
                    ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                    ('tag', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='customers.tag')),
                    ('skipped', models.PositiveBigIntegerField(default=0, verbose_name='skipped')),
                    ('until_id', models.BigIntegerField(help_text='Excludes rows added after the action was requested.', null=True)),
                    ('separator', models.CharField(default=',', help_text='For export files.', max_length=1, verbose_name='separator')),
                ],
                options={
                    'verbose_name': 'bulk action',
                    'verbose_name_plural': 'bulk actions',
                    'ordering': ['-created_at', '-id'],
                },
            ),
            migrations.CreateModel(
                name='BulkSkip',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('reason', models.CharField(choices=[('accounts_off', 'Customer accounts are switched off'), ('restricted', 'Use of data is restricted'), ('staff', 'Is a staff member'), ('not_waiting', 'Is not awaiting approval'), ('not_open', 'Cannot sign in'), ('has_tag', 'Already has the tag'), ('lacks_tag', 'Does not have the tag'), ('changed', 'No longer matched the filters'), ('error', "Failed; see the worker's log for the reason")], max_length=40, verbose_name='why')),
                    ('action', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='skips', to='customers.bulkaction')),
                    ('customer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
            ),
            migrations.CreateModel(
                name='Consent',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('given', models.BooleanField(verbose_name='given')),
                    ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='when')),
                    ('source', models.CharField(max_length=60, verbose_name='where')),
                    ('text', models.TextField(verbose_name='text shown')),
                    ('language', models.CharField(max_length=10)),
                    ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                    ('customer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='consents', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['-at', '-id'],
                },
            ),
            migrations.CreateModel(
                name='Customer',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('password', models.CharField(max_length=128, verbose_name='password')),
                    ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                    ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                    ('email', customers.models.email.NormalisedEmailField(error_messages={'unique': 'Another customer has this email address.'}, max_length=254, unique=True, verbose_name='email')),
                    ('first_name', models.CharField(blank=True, max_length=100, verbose_name='first name')),
                    ('initials', models.CharField(blank=True, max_length=20, verbose_name='initials')),
                    ('last_name', models.CharField(blank=True, max_length=100, verbose_name='last name')),
                    ('phone', phonenumber_field.modelfields.PhoneNumberField(blank=True, max_length=128, region=None, verbose_name='phone')),
                    ('mobile', phonenumber_field.modelfields.PhoneNumberField(blank=True, max_length=128, region=None, verbose_name='mobile')),
                    ('language', models.CharField(blank=True, max_length=10, verbose_name='language')),
                    ('gender', models.CharField(choices=[('unspecified', 'Not stated'), ('female', 'Female'), ('male', 'Male'), ('other', 'Other')], default='unspecified', max_length=12, verbose_name='gender')),
                    ('birth_date', models.DateField(blank=True, null=True, verbose_name='date of birth')),
                    ('marketing_consent', models.BooleanField(default=False, verbose_name='agrees to receive marketing emails')),
                    ('customer_type', models.CharField(choices=[('private', 'Private'), ('business', 'Business')], default='private', max_length=10, verbose_name='customer type')),
                    ('company_name', models.CharField(blank=True, max_length=150, verbose_name='company name')),
                    ('company_number', models.CharField(blank=True, max_length=40, verbose_name='identification number')),
                    ('coc_number', models.CharField(blank=True, max_length=40, verbose_name='chamber of commerce number (KvK)')),
                    ('vat_number', models.CharField(blank=True, max_length=20, verbose_name='VAT number')),
                    ('confirmed_numbers', models.JSONField(blank=True, default=dict, help_text='Company numbers confirmed despite a warning, by field.')),
                    ('ship_elsewhere', models.BooleanField(default=False, verbose_name='ship to a different address')),
                    ('notes', models.TextField(blank=True, max_length=10000, verbose_name='notes')),
                    ('access', models.CharField(choices=[('open', 'Open'), ('awaiting', 'Awaiting approval'), ('refused', 'Refused'), ('blocked', 'Blocked')], default='open', max_length=10, verbose_name='access')),
                    ('origin', models.CharField(choices=[('order', 'Order'), ('sign_up', 'Sign-up'), ('merchant', 'Backoffice'), ('import', 'Import')], default='merchant', max_length=10, verbose_name='origin')),
                    ('registered_at', models.DateTimeField(blank=True, null=True, verbose_name='registered')),
                    ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='created')),
                    ('is_staff', models.BooleanField(default=False, verbose_name='staff')),
                    ('role', models.CharField(blank=True, choices=[('owner', 'Owner'), ('manager', 'Manager'), ('support', 'Support'), ('readonly', 'Read-only')], max_length=10, verbose_name='role')),
                    ('orders_count', models.PositiveIntegerField(default=0, verbose_name='orders')),
                    ('spent', models.DecimalField(decimal_places=2, default=0, max_digits=14, verbose_name='amount spent')),
                    ('last_order_at', models.DateTimeField(blank=True, null=True, verbose_name='last order')),
                    ('last_order_sort', models.GeneratedField(db_persist=True, expression=django.db.models.functions.comparison.Coalesce('last_order_at', datetime.datetime(1970, 1, 1, 0, 0, tzinfo=datetime.timezone.utc)), output_field=models.DateTimeField())),
                    ('order_numbers', models.TextField(blank=True)),
                    ('search_text', models.TextField(blank=True)),
                    ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                    ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
                    ('country', models.CharField(blank=True, editable=False, max_length=2, verbose_name='country')),
                    ('merged_into', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='merged', to=settings.AUTH_USER_MODEL, verbose_name='merged into')),
                    ('tags', models.ManyToManyField(related_name='customers', through='customers.CustomerTag', to='customers.tag')),
                    ('is_shopper', models.GeneratedField(db_persist=True, expression=models.ExpressionWrapper(models.Q(models.Q(('is_staff', False), ('orders_count__gt', 0), ('origin', 'sign_up'), _connector='OR'), ('merged_into', None)), output_field=models.BooleanField()), output_field=models.BooleanField())),
                    ('merged_emails', models.TextField(blank=True, editable=False)),
                    ('restricted_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='use of data restricted')),
                    ('invoice_email', models.EmailField(blank=True, help_text='Invoices and credit notes go here instead.', max_length=254, verbose_name='email for invoices')),
                ],
                options={
                    'verbose_name': 'customer',
                    'verbose_name_plural': 'customers',
                    'indexes': [
                        models.Index(condition=models.Q(('phone__gt', '')), fields=['phone'], name='customer_by_phone'),
                        models.Index(condition=models.Q(('mobile__gt', '')), fields=['mobile'], name='customer_by_mobile'),
                        models.Index(condition=models.Q(('vat_number__gt', '')), fields=['vat_number'], name='customer_by_vat_number'),
                        models.Index(condition=models.Q(('is_shopper', True)), fields=['created_at', 'id', 'last_name', 'first_name', 'last_order_sort', 'orders_count', 'spent', 'country', 'language', 'access', 'customer_type', 'marketing_consent', 'registered_at', 'restricted_at'], name='customer_newest'),
                        models.Index(condition=models.Q(('is_shopper', True)), fields=['last_name', 'first_name', 'id', 'created_at', 'last_order_sort', 'orders_count', 'spent', 'country', 'language', 'access', 'customer_type', 'marketing_consent', 'registered_at', 'restricted_at'], name='customer_by_name'),
                        models.Index(condition=models.Q(('is_shopper', True)), fields=['last_order_sort', 'id', 'last_name', 'first_name', 'created_at', 'orders_count', 'spent', 'country', 'language', 'access', 'customer_type', 'marketing_consent', 'registered_at', 'restricted_at'], name='customer_last_order'),
                        models.Index(condition=models.Q(('is_shopper', True)), fields=['orders_count', 'id', 'last_name', 'first_name', 'created_at', 'last_order_sort', 'spent', 'country', 'language', 'access', 'customer_type', 'marketing_consent', 'registered_at', 'restricted_at'], name='customer_orders'),
                        models.Index(condition=models.Q(('is_shopper', True)), fields=['spent', 'id', 'last_name', 'first_name', 'created_at', 'last_order_sort', 'orders_count', 'country', 'language', 'access', 'customer_type', 'marketing_consent', 'registered_at', 'restricted_at'], name='customer_spent'),
                        models.Index(condition=models.Q(('is_shopper', True)), fields=['access', 'created_at', 'id', 'last_name', 'first_name', 'last_order_sort', 'orders_count', 'spent', 'country', 'language', 'customer_type', 'marketing_consent', 'registered_at', 'restricted_at'], name='customer_of_access'),
                        models.Index(condition=models.Q(('is_shopper', True)), fields=['country', 'created_at', 'id', 'last_name', 'first_name', 'last_order_sort', 'orders_count', 'spent', 'language', 'access', 'customer_type', 'marketing_consent', 'registered_at', 'restricted_at'], name='customer_of_country'),
                        models.Index(condition=models.Q(('is_shopper', True)), fields=['language', 'created_at', 'id', 'last_name', 'first_name', 'last_order_sort', 'orders_count', 'spent', 'country', 'access', 'customer_type', 'marketing_consent', 'registered_at', 'restricted_at'], name='customer_of_language'),
                        models.Index(condition=models.Q(('is_shopper', True)), fields=['id', 'last_name', 'first_name', 'created_at', 'last_order_sort', 'orders_count', 'spent', 'country', 'language', 'access', 'customer_type', 'marketing_consent', 'registered_at', 'restricted_at'], name='customer_facts'),
                        models.Index(condition=models.Q(('created_at__gt', models.F('last_order_sort')), ('is_shopper', True), ('last_order_sort__gt', datetime.datetime(1970, 1, 1, 0, 0, tzinfo=datetime.timezone.utc))), fields=['created_at', 'id', 'last_name', 'first_name', 'last_order_sort', 'orders_count', 'spent', 'country', 'language', 'access', 'customer_type', 'marketing_consent', 'registered_at', 'restricted_at'], name='customer_of_past_orders'),
                        models.Index(condition=models.Q(('restricted_at__isnull', False)), fields=['restricted_at'], name='customer_restricted'),
                        models.Index(condition=models.Q(('is_staff', True)), fields=['id'], name='customer_staff'),
                    ],
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('is_staff', False), ('role', '')), models.Q(('is_staff', True), models.Q(('role', ''), _negated=True)), _connector='OR'), name='only_staff_has_a_role')],
                },
            ),
            migrations.CreateModel(
                name='CustomerImport',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('state', models.CharField(choices=[('waiting', 'Queued'), ('running', 'Running'), ('done', 'Done'), ('stopped', 'Stopped'), ('failed', 'Failed')], default='waiting', max_length=10, verbose_name='status')),
                    ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='requested')),
                    ('finished_at', models.DateTimeField(blank=True, null=True, verbose_name='finished')),
                    ('total', models.PositiveBigIntegerField(blank=True, null=True, verbose_name='rows')),
                    ('done', models.PositiveBigIntegerField(default=0, verbose_name='done')),
                    ('stop_wanted', models.BooleanField(default=False)),
                    ('error', models.TextField(blank=True, verbose_name='error message')),
                    ('name', models.CharField(max_length=200, verbose_name='file')),
                    ('path', models.CharField(blank=True, max_length=500)),
                    ('fingerprint', models.CharField(help_text='SHA-256 of the file, used to resume the import of the same file.', max_length=64)),
                    ('encoding', models.CharField(blank=True, max_length=20, verbose_name='encoding')),
                    ('delimiter', models.CharField(blank=True, max_length=1, verbose_name='separator')),
                    ('columns', models.JSONField(default=list, help_text='The field for each column of the file.')),
                    ('dry_run', models.BooleanField(default=False, verbose_name='test run')),
                    ('created', models.PositiveBigIntegerField(default=0, verbose_name='new')),
                    ('updated', models.PositiveBigIntegerField(default=0, verbose_name='changed')),
                    ('unchanged', models.PositiveBigIntegerField(default=0, verbose_name='unchanged')),
                    ('rejected', models.PositiveBigIntegerField(default=0, verbose_name='rejected')),
                    ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                    ('erased', models.JSONField(default=list, help_text='Fingerprints of email addresses erased during the import.')),
                    ('reasons', models.JSONField(default=list, help_text='Reasons for rejected rows and skipped cells, with counts.')),
                    ('warned', models.PositiveBigIntegerField(default=0, verbose_name='skipped cells')),
                    ('file', models.CharField(blank=True, db_default='', default='', max_length=60)),
                    ('lines', models.PositiveBigIntegerField(db_default=0, default=0)),
                ],
                options={
                    'verbose_name': 'import',
                    'verbose_name_plural': 'imports',
                    'ordering': ['-created_at', '-id'],
                    'indexes': [models.Index(fields=['fingerprint'], name='import_of_a_file')],
                },
            ),
            migrations.CreateModel(
                name='CustomerTag',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('customer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='customer_tags', to=settings.AUTH_USER_MODEL)),
                    ('tag', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='customer_tags', to='customers.tag')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('tag', 'customer'), name='one_tag_once')],
                },
            ),
            migrations.CreateModel(
                name='Duplicate',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('found_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='found')),
                    ('dismissed_at', models.DateTimeField(blank=True, null=True, verbose_name='marked as not duplicates')),
                    ('dismissed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                    ('first', models.ForeignKey(help_text='The older customer.', on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('second', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'verbose_name': 'duplicate',
                    'verbose_name_plural': 'duplicates',
                    'constraints': [
                        models.UniqueConstraint(fields=('second', 'first'), name='one_pair_once'),
                        models.CheckConstraint(condition=models.Q(('first__lt', models.F('second'))), name='the_older_record_first'),
                    ],
                },
            ),
            migrations.CreateModel(
                name='Erasure',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('customer_number', models.BigIntegerField(verbose_name='customer number')),
                    ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='when')),
                    ('by', models.CharField(choices=[('merchant', 'Merchant'), ('shopper', 'Customer'), ('command', 'Command'), ('shell', 'Shell')], max_length=10, verbose_name='by')),
                    ('orders_kept', models.PositiveIntegerField(default=0, verbose_name='orders kept by law')),
                ],
            ),
            migrations.CreateModel(
                name='HistoryContext',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('actor_kind', models.CharField(max_length=10)),
                    ('actor_id', models.BigIntegerField(null=True)),
                    ('source', models.CharField(max_length=60)),
                ],
            ),
            migrations.CreateModel(
                name='HistoryEntry',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='when')),
                    ('actor_kind', models.CharField(choices=[('merchant', 'Merchant'), ('shopper', 'Customer'), ('command', 'Command'), ('shell', 'Shell')], max_length=10, verbose_name='by')),
                    ('source', models.CharField(max_length=60, verbose_name='from where')),
                    ('field', models.CharField(max_length=60, verbose_name='field')),
                    ('old', models.TextField(verbose_name='was')),
                    ('new', models.TextField(verbose_name='is now')),
                    ('seen', models.BooleanField(verbose_name='seen by staff')),
                    ('actor', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('customer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='history', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'indexes': [
                        models.Index(fields=['customer', '-at', '-id'], name='history_of_a_customer'),
                        models.Index(condition=models.Q(('seen', False)), fields=['customer'], name='history_not_seen'),
                        models.Index(condition=models.Q(('field', 'tag')), fields=['new'], name='history_tag_put_on'),
                        models.Index(condition=models.Q(('field', 'tag')), fields=['old'], name='history_tag_taken_off'),
                        models.Index(condition=models.Q(('seen', False)), fields=['at'], name='history_not_seen_oldest'),
                    ],
                },
            ),
            migrations.CreateModel(
                name='ImportReject',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(max_length=20)),
                    ('job', models.BigIntegerField()),
                    ('is_refused', models.BooleanField()),
                    ('line', models.PositiveBigIntegerField()),
                    ('column', models.TextField()),
                    ('reason', models.TextField()),
                    ('cells', models.JSONField()),
                ],
                options={
                    'indexes': [models.Index(fields=['kind', 'job', 'is_refused', 'id'], name='rejects_of_an_import')],
                },
            ),
            migrations.CreateModel(
                name='ImportSeen',
                fields=[
                    ('pk', models.CompositePrimaryKey('kind', 'job', 'print', blank=True, editable=False, primary_key=True, serialize=False)),
                    ('kind', models.CharField(max_length=20)),
                    ('job', models.BigIntegerField()),
                    ('print', models.BigIntegerField()),
                ],
            ),
            migrations.CreateModel(
                name='Merge',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='when')),
                    ('moved', models.JSONField(default=dict, help_text='IDs of the rows moved to the kept customer, by table.')),
                    ('before', models.JSONField(default=dict, help_text='Values of either customer that were overwritten, by field.')),
                    ('undone_at', models.DateTimeField(blank=True, null=True, verbose_name='undone')),
                    ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                    ('kept', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='merges', to=settings.AUTH_USER_MODEL)),
                    ('merged', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'verbose_name': 'merge',
                    'verbose_name_plural': 'merges',
                    'ordering': ['-at', '-id'],
                },
            ),
            migrations.CreateModel(
                name='Note',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='when')),
                    ('text', models.TextField(max_length=4000, verbose_name='note')),
                    ('author', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='author')),
                    ('customer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='dated_notes', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'verbose_name': 'note',
                    'verbose_name_plural': 'notes',
                    'ordering': ['-at', '-id'],
                    'indexes': [models.Index(fields=['customer', '-at', '-id'], name='notes_of_a_customer')],
                },
            ),
            migrations.CreateModel(
                name='PeopleInFile',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('area', models.CharField(max_length=10)),
                    ('file', models.CharField(max_length=60)),
                    ('first', models.BigIntegerField()),
                    ('last', models.BigIntegerField()),
                    ('numbers', models.BinaryField(help_text='Sorted, eight bytes each.')),
                ],
                options={
                    'indexes': [
                        models.Index(fields=['area', 'file'], name='people_of_a_file'),
                        models.Index(fields=['area', 'first', 'last'], name='files_of_a_person'),
                    ],
                },
            ),
            migrations.CreateModel(
                name='PrivacyRequest',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('erasure', 'Erase all data'), ('access', 'Copy of all data'), ('correction', 'Correct data'), ('restriction', 'Restrict the use of data'), ('objection', 'Object to the use of data')], default='erasure', max_length=12, verbose_name='kind')),
                    ('received_on', models.DateField(default=django.utils.timezone.localdate, verbose_name='received')),
                    ('due_on', models.DateField(default=customers.models.privacy_request.a_month_from_now, verbose_name='due date')),
                    ('state', models.CharField(choices=[('open', 'Open'), ('done', 'Carried out'), ('declined', 'Declined'), ('erased', 'Closed: customer erased')], default='open', max_length=10, verbose_name='status')),
                    ('remark', models.TextField(blank=True, max_length=2000, verbose_name='remark')),
                    ('outcome', models.TextField(blank=True, max_length=2000, verbose_name='what was done')),
                    ('closed_at', models.DateTimeField(blank=True, null=True, verbose_name='closed')),
                    ('closed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('customer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='privacy_requests', to=settings.AUTH_USER_MODEL)),
                    ('extended_on', models.DateField(blank=True, null=True, verbose_name='extended')),
                    ('extension', models.CharField(blank=True, choices=[('complex', 'The request is complex'), ('many', 'The shop has received many requests')], max_length=10, verbose_name='reason')),
                ],
                options={
                    'ordering': ['due_on', 'id'],
                    'indexes': [models.Index(condition=models.Q(('state', 'open')), fields=['due_on'], name='request_open')],
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('extended_on', None), ('extension', '')), models.Q(models.Q(('extended_on', None), _negated=True), models.Q(('extension', ''), _negated=True)), _connector='OR'), name='extension_has_day_and_reason')],
                },
            ),
            migrations.CreateModel(
                name='Segment',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=60, unique=True, verbose_name='name')),
                    ('query', models.CharField(max_length=1000, verbose_name='view')),
                    ('list', models.CharField(choices=[('customers', 'Customers'), ('backoffice_orders', 'Orders')], db_default='customers', default='customers', max_length=20, verbose_name='list')),
                ],
                options={
                    'verbose_name': 'segment',
                    'verbose_name_plural': 'segments',
                    'ordering': ['name'],
                },
            ),
            migrations.CreateModel(
                name='StaffInvitation',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('email', customers.models.email.NormalisedEmailField(error_messages={'unique': 'This person has already been invited. You can send the invitation again.'}, max_length=254, unique=True, verbose_name='email')),
                    ('first_name', models.CharField(max_length=100, verbose_name='first name')),
                    ('role', models.CharField(choices=[('owner', 'Owner'), ('manager', 'Manager'), ('support', 'Support'), ('readonly', 'Read-only')], default='support', max_length=10, verbose_name='role')),
                    ('language', models.CharField(max_length=10, verbose_name='language')),
                    ('sent_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='sent')),
                    ('secret_hash', models.CharField(editable=False, max_length=64)),
                    ('invited_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['email'],
                },
            ),
            migrations.CreateModel(
                name='Tag',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=40, verbose_name='tag')),
                    ('folded', models.CharField(editable=False, max_length=80, unique=True)),
                ],
                options={
                    'verbose_name': 'tag',
                    'verbose_name_plural': 'tags',
                    'ordering': ['folded'],
                },
            ),
            migrations.CreateModel(
                name='UnwrittenErasure',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('lines', models.TextField()),
                    ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ],
            ),
        ]),
        TrigramExtension(),
        migrations.RunPython(make_search_index, migrations.RunPython.noop),
    ]
